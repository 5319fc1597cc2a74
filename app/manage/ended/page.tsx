import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { formatHowToContact } from '@/scheduling/name-formatting';

export const metadata: Metadata = { title: 'This link has ended' };

/** The page of a manage link that has expired, or was replaced by another. */
export default async function EndedPage() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="This link has ended"
        from={`A link to your dates ends a year after the last of them, when your address was changed, or when the practice sends a new one. Your dates are as they were. To see them, use the link in our newest e-mail, ask for a new one below, or ${formatHowToContact(practice)}.`}
      >
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/book">Book a massage</ButtonLink>
          <ButtonLink href="/manage" kind="plain">
            Ask for a new link
          </ButtonLink>
        </div>
      </PageHeader>
    </Shell>
  );
}

import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { Opening } from '@/components/opening';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice';

export const metadata: Metadata = { title: 'There is no such page', robots: { index: false } };

export default async function NotFound() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice}>
      <Opening
        title="There is no such page"
        from="The address may be mistyped, or a booking link may have been cut in two by a mail program. Copy the whole link from your mail."
      >
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/questions">See all questions</ButtonLink>
          <ButtonLink href="/book" kind="plain">
            Book a massage
          </ButtonLink>
          <ButtonLink href="/manage" kind="plain">
            Have your link sent again
          </ButtonLink>
        </div>
      </Opening>
    </Shell>
  );
}

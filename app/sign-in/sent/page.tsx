import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';

export const metadata: Metadata = { title: 'Check your e-mail', robots: { index: false } };

/** The same for every address, so it does not reveal who works here. */
export default async function LinkSentPage() {
  await connection();
  const practice = await getPractice();
  const hasMailServer = isMailEnabled();
  return (
    <Shell practice={practice}>
      <PageHeader title="Check your e-mail">
        <p className="mt-6 max-w-measure text-read font-serif">
          If that address belongs to somebody who works here, a link is on its way. It works once, for an hour.
        </p>
        {!hasMailServer && (
          <div className="mt-8">
            <Notice tone="quiet" title="This server has no mail server">
              The link is printed on the server’s console instead.
            </Notice>
          </div>
        )}
        <p className="mt-8">
          <ButtonLink href="/sign-in" kind="plain">
            Try another address
          </ButtonLink>
        </p>
      </PageHeader>
    </Shell>
  );
}

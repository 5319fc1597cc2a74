import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { findAllPlansLink } from '@/db/access/all-plans-links';
import { loadDataWithoutHealth } from '@/db/people/export-data-without-health';
import { listNamesById } from '@/db/practice/names-by-id';
import { getPractice } from '@/db/practice/practice';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { KeptSections } from './kept-sections';

export const metadata: Metadata = { title: 'What we keep about you' };

/** What my-data.json holds, in words. */
export default async function MyDataPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const now = Date.now();
  const found = await findAllPlansLink(token, now);
  if (found?.state !== 'open') notFound();
  const [practice, data, names] = await Promise.all([
    getPractice(),
    loadDataWithoutHealth(found.viewer),
    listNamesById(),
  ]);
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="What we keep about you"
        crumbs={[{ href: `/manage/mine/${token}`, label: 'My dates' }]}
        from={
          <>
            On this page is what we keep under <b className="wrap-anywhere">{found.viewer.email}</b>: who you are, your
            dates and payments, the waiting list, reminders, e-mails and texts. Left out are your health answers and
            consents, which each plan’s own page shows, what you wrote to us, and the notes of your sessions. For a copy
            of everything, or to have it erased, {formatHowToContact(practice)}.
          </>
        }
      >
        <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2 print:hidden">
          <ButtonLink kind="plain" href={`/manage/mine/${token}/my-data.json`} download>
            Download as a file
          </ButtonLink>
          <a href="/privacy" className="inline-flex min-h-11 items-center">
            Your rights
          </a>
        </p>
      </PageHeader>
      <KeptSections {...{ data, names, practice, now }} />
    </Shell>
  );
}

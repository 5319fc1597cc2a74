import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ReorderableList, RowActionButton } from '@/app/practice/settings/reorderable-list';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listMassageSettings } from '@/db/offer/massages';
import { getPractice } from '@/db/practice/practice';
import { bringBackRetiredMassage, moveMassageUpOrDown } from './actions';
import { formatMassageSummary } from './massage-form-values';

export const metadata: Metadata = { title: 'Massages and prices', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  saved: { tone: 'good', title: 'Saved' },
  ordered: { tone: 'good', title: 'The order is changed' },
  retired: { tone: 'good', title: 'It is not offered any more', text: 'What is booked of it stays in the calendar.' },
  back: { tone: 'good', title: 'It is offered again' },
  deleted: { tone: 'good', title: 'Deleted' },
  used: { tone: 'bad', title: 'It was booked before', text: 'So it stays in the records. You can retire it instead.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function MassagesPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, massages, { flash }] = await Promise.all([getPractice(), listMassageSettings(viewer), searchParams]);
  const retired = massages.filter(({ isActive }) => !isActive);
  const rows = massages
    .filter(({ isActive }) => isActive)
    .map((massage) => {
      const href = `/practice/settings/massages/${massage.id}`;
      return { id: massage.id, href, name: massage.name, summary: formatMassageSummary(massage, practice) };
    });
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Massages and prices" crumbs={[{ href: '/practice/settings', label: 'Settings' }]}>
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <Section title="Offered" aside="Clients see them in this order.">
        <ReorderableList rows={rows} step={moveMassageUpOrDown} nothing="No massage is offered: nobody can book." />
        <div className="mt-5">
          <ButtonLink kind="plain" slim href="/practice/settings/massages/new">
            Add a massage
          </ButtonLink>
        </div>
      </Section>
      {retired.length > 0 && (
        <Section title="Retired" aside="Not offered. What was booked of them is kept.">
          <ul className="max-w-[46rem] border-b border-line">
            {retired.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-3">
                <a
                  href={`/practice/settings/massages/${id}`}
                  className="inline-flex min-h-11 items-center wrap-anywhere"
                >
                  {name}
                </a>
                <RowActionButton action={bringBackRetiredMassage} id={id} label={`Offer it again: ${name}`}>
                  Offer it again
                </RowActionButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </PracticeShell>
  );
}

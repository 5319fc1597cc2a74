import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getTrialBookingsState, type TrialBookings, type TrialRemovalRefusal } from '@/db/people/trial-bookings';
import { getPractice } from '@/db/practice/practice';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { markPracticeLive } from './actions';
import { ClearTestBookingsForm } from './clear-test-bookings-form';

export const metadata: Metadata = { title: 'Going live', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  cleared: { tone: 'good', title: 'Cleared', text: 'Every time is free again, and nobody is written to.' },
  live: { tone: 'good', title: 'You are live', text: 'From now on nothing that is booked counts as a test.' },
  changed_since: {
    tone: 'bad',
    title: 'Something was booked or changed meanwhile',
    text: 'Nothing was removed. Look at the numbers below again.',
  },
  kept: { tone: 'bad', title: 'Nothing was removed', text: 'The reason stands below.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

const REASONS: Record<NonNullable<TrialRemovalRefusal>, string> = {
  live: 'You have said that the practice is live, so every booking is a real one. A single client is erased on their own page.',
  old: 'This practice is more than two months old, so its bookings are taken for real ones. A single client is erased on their own page.',
  demo: 'This is a demo: everybody in it is made up already.',
  paid: 'A payment or a fee was entered, and receipts have numbers without gaps. What is in the books stays. Cancel the test dates in the calendar, and erase the test clients on their own pages.',
};

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function GoingLivePage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, { bookings, why, liveSince }, { flash }] = await Promise.all([
    getPractice(),
    getTrialBookingsState(viewer, { now: Date.now() }),
    searchParams,
  ]);
  const isEmpty = bookings.appointments + bookings.requests + bookings.clients === 0;
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Going live"
        from="Book what you like while you try things out, and clear it before the first real client."
      >
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <Section title="Test bookings" open>
        {why !== null ? (
          <Notice tone="quiet" title="Nothing can be cleared here">
            {REASONS[why]}
          </Notice>
        ) : isEmpty ? (
          <Notice tone="quiet" title="There is nothing to clear">
            Nothing is booked, and no client is known.
          </Notice>
        ) : (
          <>
            <p className="mb-3">For good, and without an e-mail to anybody, these go:</p>
            <ul className="mb-6 grid max-w-measure list-disc gap-2 pl-5">
              {listRemovedRows(bookings).map((line) => (
                <li key={line} className="wrap-anywhere">
                  {line}
                </li>
              ))}
            </ul>
            <p className="mb-6 max-w-measure text-small text-soft">
              Settings, hours, time off, team and readers’ questions stay. Backups that were made before still hold what
              goes.
            </p>
            <ClearTestBookingsForm practice={practice.name} seen={JSON.stringify(bookings)} />
          </>
        )}
      </Section>
      {!practice.isDemo && (
        <Section title="Live" aside="From then on nothing can be cleared at once any more.">
          {liveSince === null ? (
            <ActionForm action={markPracticeLive}>
              <Button>We are live</Button>
            </ActionForm>
          ) : (
            <p>
              Since {formatDateWithoutWeekday(toWallTime(practice.timeZone, liveSince).on, 'full', practice.locale)}.
            </p>
          )}
        </Section>
      )}
    </PracticeShell>
  );
}

function listRemovedRows({ appointments, requests, clients, unsent, names }: TrialBookings): string[] {
  const count = (n: number, singular: string, plural: string) => (n === 1 ? `1 ${singular}` : `${n} ${plural}`);
  const more = clients > names.length ? ` and ${clients - names.length} more` : '';
  return [
    ...(appointments > 0 ? [count(appointments, 'date', 'dates, past and upcoming')] : []),
    ...(requests > 0 ? [count(requests, 'request that waits', 'requests that wait')] : []),
    ...(clients > 0 ? [`${count(clients, 'client', 'clients')}: ${names.join(', ')}${more}`] : []),
    unsent > 0
      ? `What was written to them; ${count(unsent, 'e-mail that has', 'e-mails that have')} not gone out ${unsent === 1 ? 'is' : 'are'} never sent`
      : 'What was written to them',
  ];
}

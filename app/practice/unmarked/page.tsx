import type { Metadata } from 'next';
import { connection } from 'next/server';
import { calendarHref } from '@/app/practice/calendar/calendar-url';
import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { listUnmarkedDates, type UnmarkedDate } from '@/db/appointments/unmarked-dates';
import { getPractice, type Practice } from '@/db/practice/practice';
import { toWallTime } from '@/scheduling/zone-conversion';
import { markDidNotCome, markDone } from './actions';

export const metadata: Metadata = { title: 'Not marked yet', robots: { index: false } };

const FLASH_NOTICES: Record<string, FlashContent> = {
  done: { tone: 'good', title: 'Marked as done', text: 'It counts in the reports now.' },
  no_show: { tone: 'good', title: 'Marked as a no-show', text: 'It counts in the reports now.' },
  gone: { tone: 'bad', title: 'Somebody was faster', text: 'Nothing was changed. What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

interface Props {
  searchParams: Promise<{ flash?: string | string[]; marked?: string | string[] }>;
}

/** Dates that are over, of which nobody has said how they went. Each is marked with one press. */
export default async function UnmarkedPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const practice = await getPractice();
  const [dates, { flash, marked }] = await Promise.all([listUnmarkedDates(viewer, { now: Date.now() }), searchParams]);
  const last = typeof marked === 'string' ? await getAppointmentFacts(viewer, marked) : null;
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Not marked yet"
        crumbs={[{ href: '/practice/calendar', label: 'Calendar' }]}
        from="Dates that are over. Until somebody says how they went, they count neither as done nor as missed."
      >
        <LiveFlashNotice flash={flash} notices={FLASH_NOTICES} />
        {last && (
          <p className="mt-2 text-small">
            <a href={dateHref(practice, last)} className="inline-flex min-h-11 items-center">
              Open it in the calendar, to undo that or to enter a payment
            </a>
          </p>
        )}
      </PageHeader>
      {dates.length === 0 ? (
        <Notice tone="quiet" title="Every date is marked">
          Dates that are over and not marked are listed here.
        </Notice>
      ) : (
        <ol className="mb-10 max-w-[50rem] border-b border-line">
          {dates.map((date) => (
            <UnmarkedRow key={date.uid} date={date} practice={practice} />
          ))}
        </ol>
      )}
    </PracticeShell>
  );
}

function UnmarkedRow({ date, practice }: { date: UnmarkedDate; practice: Practice }) {
  const when = formatDayAndTime(date.startsAt, practice);
  const press = (action: (form: FormData) => Promise<void>, label: string, kind: 'fill' | 'plain') => (
    <ActionForm action={action}>
      <input type="hidden" name="uid" value={date.uid} />
      <input type="hidden" name="version" value={date.version} />
      <Button slim kind={kind} aria-label={`${label}: ${date.clientName}, ${when}`}>
        {label}
      </Button>
    </ActionForm>
  );
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-4">
      <p>
        <a href={dateHref(practice, date)} className="inline-flex min-h-11 flex-wrap items-center">
          <bdi className="wrap-anywhere">{date.clientName}</bdi>, {when}
        </a>
        <span className="block text-small text-soft">
          {date.serviceName} with {date.therapistName}
        </span>
      </p>
      <div className="flex flex-wrap gap-3">
        {press(markDone, 'Done', 'fill')}
        {press(markDidNotCome, 'Did not come', 'plain')}
      </div>
    </li>
  );
}

function dateHref({ timeZone }: Practice, { uid, startsAt }: { uid: string; startsAt: number }): string {
  const { on } = toWallTime(timeZone, startsAt);
  return calendarHref({ on, view: 'day', whose: 'everyone', only: undefined, open: uid });
}

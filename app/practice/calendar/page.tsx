import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { SignOut } from '@/app/practice/sign-out';
import { requireViewer } from '@/auth';
import { Notice } from '@/components/notice';
import { PracticeShell } from '@/components/shell';
import { type Calendar, getAppointment, listCalendar } from '@/db/calendar';
import { getPractice } from '@/db/practice';
import { getQuestion } from '@/questions/library';
import { addDays } from '@/scheduling/day';
import { sayDay, sayTime } from '@/scheduling/words';
import { toWall } from '@/scheduling/zone';
import { type CalendarChoice, calendarHref, mondayOf, parseCalendar } from './address';
import { Board } from './board';
import type { GridEvent } from './calendar-grid';
import { Panel } from './panel';
import { Tools } from './tools';
import { weekOf } from './week';

export const metadata: Metadata = { title: 'Calendar', robots: { index: false } };

export default async function CalendarPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const viewer = await requireViewer('staff');
  const raw = await searchParams;
  const practice = await getPractice();
  const now = Date.now();
  const today = toWall(practice.timeZone, now).on;
  const choice = parseCalendar(raw, today, viewer.therapistId !== null);
  const monday = mondayOf(choice.on);
  const calendar = await listCalendar(viewer, { from: monday, to: addDays(monday, 7), whose: choice.whose });
  const open = choice.open ? await getAppointment(viewer, choice.open) : null;
  const question = open?.questionSlug ? (getQuestion(open.questionSlug)?.question ?? null) : null;
  const week = weekOf(calendar, monday);
  const own = viewer.role === 'owner' ? null : viewer.therapistId;
  const openHref = calendarHref(choice);
  const closeHref = calendarHref(choice, { open: undefined });
  const outcome = typeof raw.said === 'string' ? OUTCOMES[raw.said] : undefined;

  return (
    <PracticeShell practice={practice} current="calendar" signedInAs={viewer.name} signOut={<SignOut />}>
      <Tools choice={choice} week={week} today={today} hasOwn={viewer.therapistId !== null} />
      {outcome && (
        <div className="pb-4">
          <Notice tone={outcome.tone} title={outcome.title} live>
            {outcome.next}
          </Notice>
        </div>
      )}
      <div
        className={
          open
            ? 'grid gap-6 border-t border-ink board:grid-cols-[minmax(0,1fr)_340px] board:gap-0'
            : 'border-t border-ink'
        }
      >
        <div className="min-w-0">
          <Board
            timeZone={practice.timeZone}
            monday={monday}
            on={choice.on}
            view={choice.view}
            hiddenDays={week.hiddenDays}
            from={week.from}
            until={week.until}
            closed={week.closed}
            counts={week.counts}
            events={eventsOf(calendar, choice, practice.timeZone, own)}
          />
          <noscript>
            <Agenda calendar={calendar} choice={choice} timeZone={practice.timeZone} own={own} />
          </noscript>
        </div>
        {open && (
          <Panel
            facts={open}
            question={question}
            locale={practice.locale}
            now={now}
            back={openHref.split('?')[1] ?? ''}
            asksToCancel={raw.ask === 'cancel'}
            openHref={openHref}
            closeHref={closeHref}
            cancelHref={`${openHref}&ask=cancel`}
          />
        )}
      </div>
    </PracticeShell>
  );
}

const OUTCOMES: Record<string, { tone: 'good' | 'bad'; title: string; next: string }> = {
  completed: { tone: 'good', title: 'Marked completed', next: 'The rest of the series stays as it was.' },
  no_show: { tone: 'good', title: 'Marked as a no-show', next: 'The rest of the series stays as it was.' },
  cancelled: {
    tone: 'good',
    title: 'Cancelled',
    next: 'The time is free again, and a mail to the client is on its way.',
  },
  not_found: { tone: 'bad', title: 'That appointment is not yours to change', next: 'Nothing was changed.' },
  conflict: {
    tone: 'bad',
    title: 'It had changed in the meantime',
    next: 'Nothing was changed. What you see now is how it stands.',
  },
};

const TONE_OF = { booked: 'ahead', completed: 'done', no_show: 'missed' } as const;
const OFF = { leave: 'Leave', break: 'Break', closure: 'Closed' };

/** `own`: the therapist whose appointments may be opened; null opens all. */
function eventsOf(calendar: Calendar, choice: CalendarChoice, timeZone: string, own: string | null): GridEvent[] {
  const therapist = new Map(calendar.therapists.map((one) => [one.id, one]));
  const isShared = choice.whose === 'everyone';
  const who = (id: string) => (isShared ? `${therapist.get(id)?.name.split(' ')[0]}: ` : '');
  const colour = (id: string) => (isShared ? (therapist.get(id)?.colour ?? 'var(--edge)') : 'var(--euc)');
  const booked = calendar.appointments.flatMap((entry): GridEvent[] => {
    if (entry.status === 'cancelled') return [];
    const place = entry.sessions > 1 ? `${entry.position} of ${entry.sessions}` : 'once';
    return [
      {
        id: entry.uid,
        title: entry.clientName,
        detail: `${who(entry.therapistId)}${sayTime(timeZone, entry.startsAt)}, ${entry.service.name}, ${place}`,
        start: entry.startsAt,
        end: entry.endsAt,
        tone: TONE_OF[entry.status],
        colour: colour(entry.therapistId),
        href: own === null || own === entry.therapistId ? calendarHref(choice, { open: entry.uid }) : null,
        selected: entry.uid === choice.open,
      },
    ];
  });
  const off = calendar.timeOff.map(
    (time): GridEvent => ({
      id: time.id,
      title: OFF[time.kind],
      detail: who(time.therapistId).replace(': ', ''),
      start: time.startsAt,
      end: time.endsAt,
      tone: 'off',
      colour: isShared ? colour(time.therapistId) : 'transparent',
      href: null,
      selected: false,
    }),
  );
  return [...booked, ...off];
}

/** The same week in words, for a browser without script. */
function Agenda({
  calendar,
  choice,
  timeZone,
  own,
}: {
  calendar: Calendar;
  choice: CalendarChoice;
  timeZone: string;
  own: string | null;
}) {
  const events = eventsOf(calendar, choice, timeZone, own).sort((a, b) => a.start - b.start);
  return (
    <ul>
      {events.map((event) => (
        <li key={event.id} className="border-b border-line py-3">
          <span className="text-soft">{sayDay(toWall(timeZone, event.start).on, 'short')} </span>
          {event.href ? <Link href={event.href}>{event.title}</Link> : event.title}{' '}
          <span className="text-soft">{event.detail}</span>
        </li>
      ))}
    </ul>
  );
}

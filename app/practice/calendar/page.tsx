import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { CarriedOutNotice } from '@/app/practice/time-off/carried-out-notice';
import { requireRole } from '@/auth';
import { ScrollArea } from '@/components/scroll-area';
import { PracticeShell } from '@/components/shell';
import { hasUndecryptableValues } from '@/db/access/encryption';
import { isTherapistOrOwner, managesAllCalendars } from '@/db/access/viewer';
import { type AppointmentFacts, getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { getCalendar } from '@/db/appointments/calendar';
import { getCalendarVersion } from '@/db/appointments/calendar-version';
import { listHandOverRequests } from '@/db/booking/hand-over-requests-to-clients';
import { countAllUnconfirmedAndPending } from '@/db/booking/unconfirmed-bookings';
import { findOfferedUndo } from '@/db/booking/undo-desk-change';
import { findMailServerRefusal } from '@/db/delivery/staff-outbox';
import { findBounce } from '@/db/messages/bounces';
import { getRemindersOfDate } from '@/db/messages/reminder-states';
import { getLinkExpiryForStaff } from '@/db/messages/replace-and-send-link';
import { listAlertsOfDates } from '@/db/people/get-client';
import { listDayNotes } from '@/db/practice/day-notes';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { getQuestion } from '@/questions/library';
import { addDays, mondayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { AppointmentHealthSummary } from './appointment-health-summary';
import { AppointmentPanel } from './appointment-panel';
import { BlockOrBookPanel } from './block/block-or-book-panel';
import { CalendarAgenda } from './calendar-agenda';
import { CalendarAutoRefresh } from './calendar-auto-refresh';
import { CalendarFlashNotice } from './calendar-flash-notice';
import { CalendarNotices } from './calendar-notices';
import { CalendarToolbar } from './calendar-toolbar';
import { calendarHref, dayNoteHref, parseCalendarUrl, parseTimeToBlock } from './calendar-url';
import { buildCalendarWeek, getHoursOfDay } from './calendar-week';
import { parseClashes, sayClashingDates } from './clashing-dates';
import { AppointmentMessages } from './client-messages';
import { countDatesInScope } from './count-dates-in-scope';
import { DayNotePanel } from './day-notes/day-note-panel';
import { DayNotes } from './day-notes/day-notes';
import { describeUndoableChange } from './describe-undoable-change';
import { buildMassageDragOptions } from './drag/massage-drag-options';
import { findDefaultCalendarDay } from './find-default-calendar-day';
import { KeyboardShortcuts } from './keyboard-shortcuts';
import { LazyCalendarGrid } from './lazy-calendar-grid';
import { loadMoveOptions } from './load-move-options';
import { loadNextClientDetails } from './load-next-client-details';
import { loadNotices } from './load-notices';
import { parseSwapToAskAbout } from './move-warnings';
import { fillInFirstFittingTime } from './new-booking/first-fitting-time';
import { loadNewBookingFittingLength } from './new-booking/load-new-booking';
import { NewBookingPanel } from './new-booking/new-booking-panel';
import { getNewButtonHref } from './new-booking/new-button-href';
import { findNextAppointment, NextClient } from './next-client';
import { NoticeLinksLine } from './notice-links-line';
import { PrintedDaySheet } from './printed-day-sheet';
import { SessionNoteLink } from './session-note-link';
import { TeamWeek } from './team-week';
import { buildTherapistLanes } from './therapist-lanes';
import { UndoBar } from './undo-bar';

export const metadata: Metadata = { title: 'Calendar', robots: { index: false } };

type Raw = Record<string, string | string[] | undefined>;

export default async function CalendarPage({ searchParams }: { searchParams: Promise<Raw> }) {
  await connection();
  const viewer = await requireRole('staff');
  const practice = await getPractice();
  const { timeZone } = practice;
  const now = Date.now();
  const raw = await fillInFirstFittingTime(viewer, await searchParams, now);
  const today = toWallTime(timeZone, now).on;
  const choice = parseCalendarUrl(
    raw,
    await findDefaultCalendarDay(viewer, raw, today, now),
    viewer.therapistId !== null,
  );
  const monday = mondayOf(choice.on);
  // Asked first: what changes while the rest is read is then drawn twice, and never missed.
  const version = await getCalendarVersion(viewer, monday);
  const calendar = await getCalendar(viewer, { from: monday, to: addDays(monday, 7), whose: choice.whose });
  const notes = await listDayNotes(viewer, { from: monday, to: addDays(monday, 7) });
  if (!calendar.therapists.some(({ id }) => id === choice.only)) choice.only = undefined;
  const handOvers = await listHandOverRequests(viewer, { now });
  const waiting = handOvers.filter(({ state }) => state === 'waiting');
  const all = buildTherapistLanes(calendar, choice, monday, managesAllCalendars(viewer) ? null : viewer.therapistId, {
    now,
    stepMinutes: practice.stepMinutes,
    pendingHandOvers: new Set(waiting.flatMap(({ dates }) => dates.map(({ uid }) => uid))),
  });
  const lanes = choice.only ? all.filter(({ therapist }) => therapist.id === choice.only) : all;
  const alone = lanes.find(({ therapist }) => therapist.id === viewer.therapistId) ?? lanes[0];
  const week = lanes.length === 1 && alone ? alone.week : buildCalendarWeek(calendar, monday);
  const isTeamWeek = lanes.length > 1 && choice.view !== 'day';

  const services = await listServices();
  const desk = await loadNewBookingFittingLength(viewer, raw, now);
  const note = typeof raw.note === 'string' && !desk ? raw.note : null;
  const bookable = all
    .map(({ therapist }) => therapist)
    .filter(({ id }) => all.some((lane) => lane.mayBook && lane.therapist.id === id));
  const stretch =
    desk || note !== null
      ? null
      : parseTimeToBlock(
          raw,
          bookable.map(({ id }) => id),
        );
  const open =
    choice.open && !desk && note === null && !stretch ? await getAppointmentFacts(viewer, choice.open) : null;
  const unconfirmed = await countAllUnconfirmedAndPending(viewer, now);
  const notices = await loadNotices(viewer, { handOvers, timeZone, now });
  const faults = { mail: (await findMailServerRefusal(viewer)) !== null, key: hasUndecryptableValues() };
  const reminders = open ? await getRemindersOfDate(viewer, open.uid, { now }) : null;
  const bounce = open ? await findBounce(viewer, open.client.id) : null;
  const linkEndsAt = open ? await getLinkExpiryForStaff(viewer, open.seriesUid) : null;
  const question = open?.questionSlug ? (getQuestion(open.questionSlug)?.question ?? null) : null;
  const isPanelOpen = open !== null || desk !== null || note !== null || stretch !== null;
  const openHref = calendarHref(choice);
  const closeHref = calendarHref(choice, { open: undefined });
  const nextEntry = findNextAppointment(calendar, managesAllCalendars(viewer) ? null : viewer.therapistId, now);
  const onDay = calendar.appointments.filter(({ startsAt }) => toWallTime(timeZone, startsAt).on === choice.on);
  const alerts = await listAlertsOfDates(viewer, [
    ...onDay.map(({ uid }) => uid),
    ...(nextEntry ? [nextEntry.uid] : []),
  ]);
  const next = nextEntry && {
    ...(await loadNextClientDetails(viewer, nextEntry.uid, now)),
    alerts: alerts.get(nextEntry.uid) ?? [],
    entry: nextEntry,
    who: calendar.therapists.find(({ id }) => id === nextEntry.therapistId)?.name ?? '',
    timeZone,
    locale: practice.locale,
    now,
    back: closeHref.split('?')[1] ?? '',
    openHref: calendarHref(choice, { open: nextEntry.uid }),
  };
  const newBooking = getNewButtonHref(choice, alone?.therapist.id, viewer, today);
  const own = managesAllCalendars(viewer) ? null : viewer.therapistId;
  const swappingOf = ({ uid }: AppointmentFacts) => ({
    on: choice.on,
    askedFirst: parseSwapToAskAbout(
      raw,
      all.map(({ therapist }) => therapist),
    ),
    others: calendar.appointments
      .filter((entry) => entry.status === 'booked' && entry.uid !== uid && (own === null || entry.therapistId === own))
      .filter(({ startsAt }) => startsAt > now && toWallTime(timeZone, startsAt).on === choice.on)
      .map((entry) => ({ ...entry, therapist: calendar.therapists.find(({ id }) => id === entry.therapistId)!.name })),
  });
  const undoable = typeof raw.undo === 'string' ? await findOfferedUndo(viewer, raw.undo, { now }) : null;

  const flash = (
    <CalendarFlashNotice
      flash={raw.flash}
      dates={raw.dates}
      clashing={raw.flash === 'others_taken' ? await sayClashingDates(parseClashes(raw.clash)) : ''}
      open={open}
      locale={practice.locale}
    />
  );

  const dayNotes = {
    notes,
    choice: { ...choice, open: undefined },
    therapists: lanes.map(({ therapist }) => therapist),
    own,
    locale: practice.locale,
  };
  const notesInBar = next !== null && choice.view === 'day';

  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <CalendarToolbar
        choice={choice}
        locale={practice.locale}
        week={week}
        today={today}
        hasOwn={viewer.therapistId !== null}
        therapists={all.map(({ therapist }) => therapist)}
        unconfirmed={unconfirmed}
        newBooking={newBooking}
        newNote={dayNoteHref(choice, 'new')}
        notices={<NoticeLinksLine notices={notices} faults={faults} />}
      />
      {/* What somebody is about to cancel, move or write anew stays as they saw it: a press that comes too late is refused. */}
      {raw.ask === undefined && note === null && <CalendarAutoRefresh on={monday} version={version} />}
      <KeyboardShortcuts newHref={newBooking} closeHref={isPanelOpen ? closeHref : null} />
      <UndoBar
        undo={
          undoable && {
            id: undoable.id,
            words: describeUndoableChange(undoable, calendar.therapists, practice),
            leftMs: undoable.leftMs,
            back: openHref.split('?')[1] ?? '',
          }
        }
      />
      {!open && flash}
      <CarriedOutNotice {...{ viewer, practice, now }} changeId={raw.change} back={closeHref} />
      {/* The day comes first, to the eye and to the keyboard; the toolbar names what waits in the notices below it. */}
      <div>
        {next && <NextClient on="desk" {...next} notes={notesInBar && <DayNotes {...dayNotes} place="bar" />} />}
        <DayNotes {...dayNotes} place={notesInBar ? 'row on a phone' : 'row'} />
        <div
          className={
            isPanelOpen
              ? 'grid gap-6 print:hidden border-t border-ink board:grid-cols-[minmax(0,1fr)_340px] board:gap-0'
              : 'border-t border-ink print:hidden'
          }
        >
          <div className="min-w-0">
            {isTeamWeek && (
              <ScrollArea
                label="The week of everyone"
                className={`relative overflow-x-auto ${choice.view === 'week' ? '' : 'max-wide:hidden'}`}
              >
                <div className="min-w-[52rem]">
                  <TeamWeek lanes={lanes} week={week} today={today} timeZone={timeZone} locale={practice.locale} />
                </div>
              </ScrollArea>
            )}
            <div className={isTeamWeek ? 'wide:hidden' : ''}>
              <LazyCalendarGrid
                locale={practice.locale}
                timeZone={timeZone}
                monday={monday}
                on={choice.on}
                view={choice.view}
                hiddenDays={week.hiddenDays}
                from={week.from}
                until={week.until}
                hoursOfDay={getHoursOfDay(
                  calendar,
                  choice.on,
                  lanes.map(({ therapist }) => therapist.id),
                )}
                lanes={lanes.map(({ therapist, week: { closed, counts, from, until }, events, slots, mayBook }) => {
                  return { ...therapist, closed, counts, from, until, events, slots, mayBook };
                })}
                choice={choice}
                massages={buildMassageDragOptions(
                  services,
                  all.map(({ therapist }) => therapist.id),
                  practice,
                )}
                stepMinutes={practice.stepMinutes}
                sendsMail={isMailEnabled()}
              />
            </div>
            <details className="py-2 text-small text-soft noscript:hidden max-wide:hidden">
              <summary className="inline-flex min-h-11 cursor-pointer items-center">Keys</summary>
              <p>
                <kbd>n</kbd> books for a caller, <kbd>/</kbd> looks for a client. On an appointment <kbd>m</kbd> takes
                it up: arrows move it, <kbd>+</kbd> and <kbd>−</kbd> change its length, <kbd>Enter</kbd> puts it down
                and <kbd>Escape</kbd> leaves it. <kbd>u</kbd> undoes a move or a cancel, for ten seconds. On empty time{' '}
                <kbd>Shift</kbd> and an arrow make it longer or shorter, and <kbd>b</kbd> blocks it. With the mouse,
                pull an appointment, its lower edge, or over empty time.
              </p>
            </details>
            <noscript>
              <CalendarAgenda
                locale={practice.locale}
                lanes={lanes}
                days={week.days}
                choice={choice}
                timeZone={timeZone}
              />
            </noscript>
          </div>
          {note !== null && <DayNotePanel viewer={viewer} requested={note} shown={choice} />}
          {stretch && (
            <BlockOrBookPanel
              stretch={stretch}
              shown={choice}
              who={bookable.find(({ id }) => id === stretch.therapistId)?.firstName ?? ''}
              locale={practice.locale}
              mayRepeat={isTherapistOrOwner(viewer)}
            />
          )}
          {desk && <NewBookingPanel desk={desk} shown={choice} viewer={viewer} />}
          {open && (
            <AppointmentPanel
              facts={open}
              flash={flash}
              handOver={waiting.find(({ seriesId }) => seriesId === open.seriesUid) ?? null}
              messages={
                <AppointmentMessages
                  viewer={viewer}
                  facts={open}
                  locale={practice.locale}
                  back={openHref.split('?')[1] ?? ''}
                />
              }
              noteLink={<SessionNoteLink viewer={viewer} uid={open.uid} />}
              question={question}
              locale={practice.locale}
              now={now}
              back={openHref.split('?')[1] ?? ''}
              reach={countDatesInScope(open, viewer, now)}
              asksToCancel={raw.ask === 'cancel'}
              moving={
                raw.ask === 'move' && open.status === 'booked' ? await loadMoveOptions(viewer, open, raw, now) : null
              }
              swapping={raw.ask === 'swap' && open.status === 'booked' ? swappingOf(open) : null}
              openHref={openHref}
              linkEndsAt={linkEndsAt}
              reminders={reminders}
              bounce={bounce}
              care={<AppointmentHealthSummary viewer={viewer} facts={open} now={now} />}
              closeHref={closeHref}
            />
          )}
        </div>
        {next && <NextClient on="phone" {...next} />}
        <CalendarNotices
          notices={notices}
          faults={faults}
          viewer={viewer}
          practice={practice}
          choice={choice}
          now={now}
        />
      </div>
      <PrintedDaySheet calendar={calendar} notes={notes} on={choice.on} only={choice.only} alerts={alerts} />
    </PracticeShell>
  );
}

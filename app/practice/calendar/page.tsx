import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { CarriedOutNotice } from '@/app/practice/time-off/carried-out-notice';
import { requireRole } from '@/auth';
import { ScrollArea } from '@/components/scroll-area';
import { PracticeShell } from '@/components/shell';
import { isTherapistOrOwner } from '@/db/access/viewer';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { AppointmentHealthSummary } from './appointment-health-summary';
import { AppointmentPanel } from './appointment-panel';
import { BlockOrBookPanel } from './block/block-or-book-panel';
import { CalendarAgenda } from './calendar-agenda';
import { CalendarAutoRefresh } from './calendar-auto-refresh';
import { CalendarFlashNotice } from './calendar-flash-notice';
import { CalendarNotices } from './calendar-notices';
import { CalendarToolbar } from './calendar-toolbar';
import { dayNoteHref } from './calendar-url';
import { getHoursOfDay } from './calendar-week';
import { DayNotePanel } from './day-notes/day-note-panel';
import { DayNotes } from './day-notes/day-notes';
import { buildMassageDragOptions } from './drag/massage-drag-options';
import { KeyboardShortcuts } from './keyboard-shortcuts';
import { LazyCalendarGrid } from './lazy-calendar-grid';
import { type CalendarParams, loadCalendarScreen } from './load-calendar-screen';
import { AppointmentMessages } from './messages-from-clients';
import { NewBookingPanel } from './new-booking/new-booking-panel';
import { NextClient } from './next-client';
import { NoticeLinksLine } from './notice-links-line';
import { PrintedDaySheet } from './printed-day-sheet';
import { SessionNoteLink } from './session-note-link';
import { TeamWeek } from './team-week';
import { UndoBar } from './undo-bar';

export const metadata: Metadata = { title: 'Calendar', robots: { index: false } };

export default async function CalendarPage({ searchParams }: { searchParams: Promise<CalendarParams> }) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const screen = await loadCalendarScreen(viewer, await searchParams, now);
  const { practice, raw, choice, today, monday, calendar, notes, notices, faults, lanes, week, therapists } = screen;
  const { panel, next, isTeamWeek, openHref, closeHref, newBookingHref, undoable } = screen;
  const { timeZone, locale } = practice;
  const { open, desk, note, stretch } = panel;
  const back = openHref.split('?')[1] ?? '';
  const flash = (
    <CalendarFlashNotice flash={raw.flash} dates={raw.dates} clashing={screen.clashing} open={open} locale={locale} />
  );

  const dayNotes = {
    notes,
    choice: { ...choice, open: undefined },
    therapists: lanes.map(({ therapist }) => therapist),
    own: screen.own,
    locale,
  };
  const notesInBar = next !== null && choice.view === 'day';

  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <CalendarToolbar
        choice={choice}
        locale={locale}
        week={week}
        today={today}
        hasOwn={viewer.therapistId !== null}
        therapists={therapists}
        unconfirmed={screen.unconfirmed}
        newBooking={newBookingHref}
        newNote={dayNoteHref(choice, 'new')}
        notices={<NoticeLinksLine notices={notices} faults={faults} />}
      />
      {/* While somebody cancels, moves or writes a note, the page is not refreshed: a press that comes too late is refused. */}
      {raw.ask === undefined && note === null && <CalendarAutoRefresh on={monday} version={screen.version} />}
      <KeyboardShortcuts newHref={newBookingHref} closeHref={panel.isOpen ? closeHref : null} />
      <UndoBar undo={undoable && { ...undoable, back }} />
      {!open && flash}
      <CarriedOutNotice {...{ viewer, practice, now }} changeId={raw.change} back={closeHref} />
      {/* The day comes first, on screen and in the Tab order; the toolbar names what waits in the notices below it. */}
      <div>
        {next && <NextClient on="desk" {...next} notes={notesInBar && <DayNotes {...dayNotes} place="bar" />} />}
        <DayNotes {...dayNotes} place={notesInBar ? 'row on a phone' : 'row'} />
        <div
          className={
            panel.isOpen
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
                  <TeamWeek lanes={lanes} week={week} today={today} timeZone={timeZone} locale={locale} />
                </div>
              </ScrollArea>
            )}
            <div className={isTeamWeek ? 'wide:hidden' : ''}>
              <LazyCalendarGrid
                locale={locale}
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
                  screen.services,
                  therapists.map(({ id }) => id),
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
                <kbd>Shift</kbd> and an arrow make it longer or shorter, in a week by days too, and <kbd>b</kbd> blocks
                it. With the mouse, pull an appointment, its lower edge, or over empty time, in a week over several days
                too.
              </p>
            </details>
            <noscript>
              <CalendarAgenda locale={locale} lanes={lanes} days={week.days} choice={choice} timeZone={timeZone} />
            </noscript>
          </div>
          {note !== null && <DayNotePanel viewer={viewer} requested={note} shown={choice} />}
          {stretch && (
            <BlockOrBookPanel
              stretch={stretch}
              shown={choice}
              who={panel.stretchOf}
              locale={locale}
              mayRepeat={isTherapistOrOwner(viewer)}
            />
          )}
          {desk && <NewBookingPanel desk={desk} shown={choice} viewer={viewer} />}
          {open && panel.details && (
            <AppointmentPanel
              {...panel.details}
              facts={open}
              flash={flash}
              messages={<AppointmentMessages viewer={viewer} facts={open} locale={locale} back={back} />}
              noteLink={<SessionNoteLink viewer={viewer} uid={open.uid} />}
              locale={locale}
              now={now}
              back={back}
              openHref={openHref}
              care={open.client.isErased ? null : <AppointmentHealthSummary viewer={viewer} facts={open} now={now} />}
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
      <PrintedDaySheet calendar={calendar} notes={notes} on={choice.on} only={choice.only} alerts={screen.alerts} />
    </PracticeShell>
  );
}

import { hasUndecryptableValues } from '@/db/access/encryption';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { type AppointmentFacts, getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { type Calendar, getCalendar } from '@/db/appointments/calendar';
import { getCalendarVersion } from '@/db/appointments/calendar-version';
import { type HandOverRequestView, listHandOverRequests } from '@/db/booking/hand-over-requests-to-clients';
import { countAllUnconfirmedAndPending } from '@/db/booking/unconfirmed-bookings';
import { findOfferedUndo } from '@/db/booking/undo-desk-change';
import { findMailServerRefusal } from '@/db/delivery/outbox-for-staff';
import { findBounce } from '@/db/messages/bounces';
import { getRemindersOfDate } from '@/db/messages/reminder-states';
import { getLinkExpiryForStaff } from '@/db/messages/replace-and-send-link';
import { listPaidDates } from '@/db/money/bills';
import { listAlertsOfDates } from '@/db/people/get-client';
import { listDayNotes } from '@/db/practice/day-notes';
import { getPractice, type Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { getQuestion } from '@/questions/library';
import { addDays, mondayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type CalendarUrlState, calendarHref, parseCalendarUrl, parseTimeToBlock } from './calendar-url';
import { buildCalendarWeek } from './calendar-week';
import { formatClashingDates, parseClashes } from './clashing-dates';
import { countDatesToCancel, countDatesToMove } from './count-dates-in-scope';
import { describeUndoableChange } from './describe-undoable-change';
import { findDefaultCalendarDay } from './find-default-calendar-day';
import { loadMoveOptions } from './load-move-options';
import { loadNextClientDetails } from './load-next-client-details';
import { loadNotices } from './load-notices';
import { parseSwapToAskAbout } from './move-warnings';
import { fillInFirstFittingTime } from './new-booking/first-fitting-time';
import { loadNewBookingFittingLength } from './new-booking/load-new-booking';
import { getNewButtonHref } from './new-booking/new-button-href';
import { findNextAppointment } from './next-client';
import { buildTherapistLanes, type TherapistLaneData } from './therapist-lanes';

export type CalendarParams = Record<string, string | string[] | undefined>;

/** What the choice of the panel beside the day depends on. */
interface PanelContext {
  practice: Practice;
  choice: CalendarUrlState;
  calendar: Calendar;
  lanes: TherapistLaneData[];
  /** The hand-overs that wait for a client's answer. */
  waiting: HandOverRequestView[];
  now: number;
}

/** All that the calendar shows for one address: the day and its week, what waits, and the open panel. */
export async function loadCalendarScreen(viewer: Staff, params: CalendarParams, now: number) {
  const practice = await getPractice();
  const { timeZone } = practice;
  const raw = await fillInFirstFittingTime(viewer, params, now);
  const today = toWallTime(timeZone, now).on;
  const choice = parseCalendarUrl(
    raw,
    await findDefaultCalendarDay(viewer, raw, today, now),
    viewer.therapistId !== null,
  );
  const monday = mondayOf(choice.on);
  // Read first: a change during the other reads then causes one refresh too many, and never one too few.
  const version = await getCalendarVersion(viewer, monday);
  const calendar = await getCalendar(viewer, { from: monday, to: addDays(monday, 7), whose: choice.whose });
  const notes = await listDayNotes(viewer, { from: monday, to: addDays(monday, 7) });
  if (!calendar.therapists.some(({ id }) => id === choice.only)) choice.only = undefined;
  const handOvers = await listHandOverRequests(viewer, { now });
  const waiting = handOvers.filter(({ state }) => state === 'waiting');
  const all = buildTherapistLanes(calendar, choice, monday, ownTherapistId(viewer), {
    now,
    stepMinutes: practice.stepMinutes,
    pendingHandOvers: new Set(waiting.flatMap(({ dates }) => dates.map(({ uid }) => uid))),
  });
  const lanes = choice.only ? all.filter(({ therapist }) => therapist.id === choice.only) : all;
  const alone = lanes.find(({ therapist }) => therapist.id === viewer.therapistId) ?? lanes[0];
  const services = await listServices();
  const panel = await loadPanel(viewer, raw, { practice, choice, calendar, lanes: all, waiting, now });
  const closeHref = calendarHref(choice, { open: undefined });
  return {
    ...{ practice, raw, choice, today, monday, version, calendar, notes, services, panel, closeHref },
    openHref: calendarHref(choice),
    own: ownTherapistId(viewer),
    /** All therapists of this calendar; `lanes` has only those that are shown. */
    therapists: all.map(({ therapist }) => therapist),
    lanes,
    week: lanes.length === 1 && alone ? alone.week : buildCalendarWeek(calendar, monday),
    isTeamWeek: lanes.length > 1 && choice.view !== 'day',
    newBookingHref: getNewButtonHref(choice, alone?.therapist.id, viewer, today),
    unconfirmed: await countAllUnconfirmedAndPending(viewer, now),
    notices: await loadNotices(viewer, { handOvers, timeZone, now }),
    faults: { mail: (await findMailServerRefusal(viewer)) !== null, key: hasUndecryptableValues() },
    ...(await loadNextClientAndAlerts(viewer, { practice, choice, calendar, closeHref, now })),
    undoable: await loadUndoable(viewer, raw.undo, { practice, calendar, now }),
    clashing: raw.flash === 'others_taken' ? await formatClashingDates(parseClashes(raw.clash)) : '',
  };
}

/** The only therapist whose dates the viewer may change; null for a viewer who may change all. */
function ownTherapistId(viewer: Staff): string | null {
  return managesAllCalendars(viewer) ? null : viewer.therapistId;
}

/** At most one panel is open: a new booking, a note of the day, selected time, or an appointment. */
async function loadPanel(viewer: Staff, raw: CalendarParams, context: PanelContext) {
  const { choice, lanes, now } = context;
  const desk = await loadNewBookingFittingLength(viewer, raw, now);
  const note = typeof raw.note === 'string' && !desk ? raw.note : null;
  const bookable = lanes.filter(({ mayBook }) => mayBook).map(({ therapist }) => therapist);
  const ids = bookable.map(({ id }) => id);
  const stretch = desk || note !== null ? null : parseTimeToBlock(raw, ids);
  const open =
    choice.open && !desk && note === null && !stretch ? await getAppointmentFacts(viewer, choice.open) : null;
  return {
    ...{ desk, note, stretch, open },
    isOpen: open !== null || desk !== null || note !== null || stretch !== null,
    /** The first name of the therapist whose time is selected. */
    stretchOf: bookable.find(({ id }) => id === stretch?.therapistId)?.firstName ?? '',
    details: open && (await loadAppointmentDetails(viewer, open, raw, context)),
  };
}

/** What an appointment's panel shows besides the facts of the appointment. */
async function loadAppointmentDetails(
  viewer: Staff,
  open: AppointmentFacts,
  raw: CalendarParams,
  { choice, calendar, lanes, waiting, practice, now }: PanelContext,
) {
  const { timeZone } = practice;
  const own = ownTherapistId(viewer);
  const isBooked = open.status === 'booked';
  const othersOfDay = () =>
    calendar.appointments
      .filter(
        (entry) => entry.status === 'booked' && entry.uid !== open.uid && (own === null || entry.therapistId === own),
      )
      .filter(({ startsAt }) => startsAt > now && toWallTime(timeZone, startsAt).on === choice.on)
      .map((entry) => ({ ...entry, therapist: calendar.therapists.find(({ id }) => id === entry.therapistId)!.name }));
  const therapists = lanes.map(({ therapist }) => therapist);
  return {
    reminders: await getRemindersOfDate(viewer, open.uid, { now }),
    bounce: await findBounce(viewer, open.client.id),
    paidDates: await listPaidDates(viewer, open.seriesUid),
    linkEndsAt: await getLinkExpiryForStaff(viewer, open.seriesUid),
    question: open.questionSlug ? (getQuestion(open.questionSlug)?.question ?? null) : null,
    handOver: waiting.find(({ seriesId }) => seriesId === open.seriesUid) ?? null,
    hasColleagues: (await listTherapists()).some(
      ({ id, services }) => id !== open.therapist.id && services.includes(open.service.id),
    ),
    reach: countDatesToCancel(open, viewer, now),
    movable: countDatesToMove(open, viewer, now),
    asksToCancel: raw.ask === 'cancel',
    moving: raw.ask === 'move' && isBooked ? await loadMoveOptions(viewer, open, raw, now) : null,
    swapping:
      raw.ask === 'swap' && isBooked
        ? { on: choice.on, askedFirst: parseSwapToAskAbout(raw, therapists), others: othersOfDay() }
        : null,
  };
}

/** The next client, for the bar above the day, with their health alerts and those of everyone who comes that day. */
async function loadNextClientAndAlerts(
  viewer: Staff,
  context: { practice: Practice; choice: CalendarUrlState; calendar: Calendar; closeHref: string; now: number },
) {
  const { practice, choice, calendar, closeHref, now } = context;
  const { timeZone, locale } = practice;
  const entry = findNextAppointment(calendar, ownTherapistId(viewer), now);
  const onDay = calendar.appointments.filter(({ startsAt }) => toWallTime(timeZone, startsAt).on === choice.on);
  const alerts = await listAlertsOfDates(viewer, [...onDay.map(({ uid }) => uid), ...(entry ? [entry.uid] : [])]);
  const next = entry && {
    ...(await loadNextClientDetails(viewer, entry.uid, now)),
    ...{ entry, timeZone, locale, now },
    alerts: alerts.get(entry.uid) ?? [],
    who: calendar.therapists.find(({ id }) => id === entry.therapistId)?.name ?? '',
    back: closeHref.split('?')[1] ?? '',
    openHref: calendarHref(choice, { open: entry.uid }),
  };
  return { alerts, next };
}

/** The change that the address offers to undo, as long as it can be undone. */
async function loadUndoable(
  viewer: Staff,
  requested: CalendarParams[string],
  { practice, calendar, now }: { practice: Practice; calendar: Calendar; now: number },
) {
  const found = typeof requested === 'string' ? await findOfferedUndo(viewer, requested, { now }) : null;
  return (
    found && {
      id: found.id,
      leftMs: found.leftMs,
      words: describeUndoableChange(found, calendar.therapists, practice),
    }
  );
}

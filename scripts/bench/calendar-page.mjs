import { findDefaultCalendarDay } from '../../app/practice/calendar/find-default-calendar-day.ts';
import { loadNextClientDetails } from '../../app/practice/calendar/load-next-client-details.ts';
import { getCalendar } from '../../db/appointments/calendar.ts';
import { getCalendarVersion } from '../../db/appointments/calendar-version.ts';
import { countUnmarkedDates } from '../../db/appointments/unmarked-dates.ts';
import { listHandOverRequests } from '../../db/booking/hand-over-requests-to-clients.ts';
import { countAllUnconfirmedAndPending } from '../../db/booking/unconfirmed-bookings.ts';
import { listExternalClashes } from '../../db/calendars/external-clashes.ts';
import { listUnsignedNotes } from '../../db/care/session-notes.ts';
import { findMailServerRefusal } from '../../db/delivery/outbox-for-staff.ts';
import { listUnansweredMessages } from '../../db/messages/messages-from-clients.ts';
import { listUnreachedDates } from '../../db/messages/reminder-states.ts';
import { listAlertsOfDates } from '../../db/people/get-client.ts';
import { listDayNotes } from '../../db/practice/day-notes.ts';
import { getPractice } from '../../db/practice/practice.ts';
import { listServices } from '../../db/practice/services.ts';
import {
  bouncedAddresses,
  calendarImports,
  clientMessages,
  dayNotes,
  handOverRequests,
  outbox,
  reminders,
  sessionNotes,
} from '../../db/schema/index.ts';
import { addDays, mondayOf } from '../../scheduling/day.ts';
import { toWallTime } from '../../scheduling/zone-conversion.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Everything that a practice's calendar reads to be drawn, one query after the other, as its page does. */
export function calendarReads(viewer, now) {
  let calendar;
  let monday;
  let next;
  return {
    day: async () => {
      const { timeZone } = await getPractice();
      const today = toWallTime(timeZone, now).on;
      monday = mondayOf(await findDefaultCalendarDay(viewer, {}, today, now));
    },
    version: () => getCalendarVersion(viewer, monday),
    calendar: async () => {
      calendar = await getCalendar(viewer, { from: monday, to: addDays(monday, 7), whose: 'everyone' });
      next = calendar.appointments.find(({ startsAt }) => startsAt > now);
    },
    dayNotes: () => listDayNotes(viewer, { from: monday, to: addDays(monday, 7) }),
    handOvers: () => listHandOverRequests(viewer, { now }),
    services: () => listServices(),
    unconfirmed: () => countAllUnconfirmedAndPending(viewer, now),
    alerts: () => {
      const onDay = calendar.appointments.filter(({ startsAt }) => startsAt < now + DAY_MS);
      return listAlertsOfDates(
        viewer,
        onDay.map(({ uid }) => uid),
      );
    },
    next: () => (next ? loadNextClientDetails(viewer, next.uid, now) : null),
    serverRefusal: () => findMailServerRefusal(viewer),
    messages: () => listUnansweredMessages(viewer, { now }),
    unreached: () => listUnreachedDates(viewer, { now }),
    externalClashes: () => listExternalClashes(viewer, { now }),
    unmarked: () => countUnmarkedDates(viewer, { todayStart: now - (now % DAY_MS) }),
    unsignedNotes: () => listUnsignedNotes(viewer, { todayStart: now - (now % DAY_MS) }),
  };
}

/**
 * Fills the tables that the calendar's notices are read from: messages, hand-overs, returned e-mails, notes and
 * imported calendars.
 */
export async function fillNotices(insert, { dates, clientEmail, therapistIds }, now) {
  const plans = dates.filter(({ position, startAt }) => position === 1 && startAt < now);
  const upcoming = dates.filter(({ startAt }) => startAt > now);
  const past = dates.filter(({ startAt }) => startAt < now);
  await insert(
    clientMessages,
    plans.slice(-3_000).map(({ seriesId }, at) => ({
      ...{ id: `m-${at}`, seriesId, sealedWords: 'sealed', sentAt: now - at * HOUR_MS },
      ...(at < 12 ? { answeredAt: null, answeredBy: null } : { answeredAt: now, answeredBy: 'owner:o' }),
    })),
  );
  await insert(
    handOverRequests,
    plans.slice(-400).map((date, at) => ({
      ...{ id: `h-${at}`, seriesId: date.seriesId, fromTherapistId: date.therapistId },
      ...{ toTherapistId: therapistIds.find((id) => id !== date.therapistId), reason: '', askedBy: 'owner:o' },
      ...{ dates: [{ uid: date.id, from: date.startAt, to: date.startAt }], askedAt: now, answerBy: now + DAY_MS },
      ...{ stayed: [], settledAt: at < 12 ? null : now },
    })),
  );
  const remembered = [...past.slice(-6_000), ...upcoming];
  await insert(
    outbox,
    remembered.map(({ id, seriesId, clientId, startAt }, at) => ({
      ...{ id: `o-${id}`, kind: 'reminder', toEmail: clientEmail(clientId), facts: {}, messageId: `<o-${id}@bench>` },
      ...{ seriesId, appointmentId: id, createdAt: startAt - DAY_MS, dueAt: startAt - DAY_MS, attempts: 1 },
      ...(at % 200 === 7 ? { deadAt: now } : { sentAt: startAt - DAY_MS }),
    })),
  );
  await insert(
    reminders,
    remembered.map(({ id, startAt }) => ({
      ...{ appointmentId: id, startAt, channel: 'email', stepMinutes: 1440, outboxId: `o-${id}`, writtenAt: now },
    })),
  );
  const bounced = [
    ...new Set(remembered.filter((_, at) => at % 40 === 3).map(({ clientId }) => clientEmail(clientId))),
  ];
  await insert(
    bouncedAddresses,
    bounced.map((email) => ({ email, bouncedAt: now })),
  );
  await insert(
    sessionNotes,
    past
      .filter((_, at) => at % 5 > 0)
      .map(({ id, endAt }, at) => ({
        ...{ appointmentId: id, sealedContent: 'sealed', version: 1, editor: 'e', edit: 1 },
        ...{ createdAt: endAt, updatedAt: endAt },
        ...(at % 100 === 0 ? {} : { signedAt: endAt, signedBy: 'owner:o' }),
      })),
  );
  await insert(
    dayNotes,
    Array.from({ length: 1_000 }, (_, at) => ({
      ...{ id: `d-${at}`, on: toWallTime('UTC', now - (at - 40) * DAY_MS).on, therapistId: null },
      ...{ words: 'Plumber at 14:00', version: 1, updatedAt: now },
    })),
  );
  await insert(
    calendarImports,
    therapistIds.map((therapistId) => ({
      ...{ id: `c-${therapistId}`, therapistId, sealedAddress: 'sealed', host: 'calendar.example' },
      // An hour a day, for a year.
      busy: Array.from({ length: 365 }, (_, day) => [now + day * DAY_MS, now + day * DAY_MS + HOUR_MS]).flat(),
      ...{ nextAt: now + DAY_MS, createdAt: now },
    })),
  );
}

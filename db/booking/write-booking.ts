import { getAuditActor, recordEvents } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { queueSeriesNotifications } from '@/db/messages/series-notifications';
import type { Practice } from '@/db/practice/practice';
import type { StoredBookingAnswer } from '@/db/schema';
import type { PlannedBooking } from '@/scheduling/plan-booking';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { buildAppointmentRows, insertSeriesRows } from './insert-series-rows';
import { resolveClientId } from './requested-client';

// Writes what a booking has decided: a series for each of its people, the messages, and the note of who booked.

/** One of the people whom a booking is for, each with a series of their own. */
export interface BookedPerson {
  seriesId: string;
  request: SeriesRequest | StaffSeriesRequest;
  plan: PlannedBooking;
  choices: { therapistId: string; roomId: string }[];
}

interface PersonWithRows extends BookedPerson {
  clientId: string;
  rows: ReturnType<typeof buildAppointmentRows>;
}

/** Finds or creates each client, and builds the rows of their dates. Null if a known client was removed meanwhile. */
export async function buildRowsOfPeople(
  tx: Db,
  people: BookedPerson[],
  { practice, now }: { practice: Practice; now: number },
): Promise<PersonWithRows[] | null> {
  const built: PersonWithRows[] = [];
  for (const person of people) {
    const { seriesId, request, plan, choices } = person;
    const clientId = await resolveClientId(tx, request.client, now);
    if (clientId === null) return null;
    const { minutes, standing } = request;
    const common = { seriesId, clientId, minutes, practice, now, nominalTherapistId: standing?.therapistId };
    built.push({ ...person, clientId, rows: buildAppointmentRows(plan, choices, common) });
  }
  return built;
}

/** Writes all rows of each series except its claims and its messages. */
export async function insertSeriesOfPeople(
  tx: Db,
  people: PersonWithRows[],
  common: Omit<Parameters<typeof insertSeriesRows>[4], 'seriesId' | 'clientId'>,
): Promise<void> {
  for (const { seriesId, clientId, request, plan, rows } of people)
    await insertSeriesRows(tx, request, plan, rows, { ...common, seriesId, clientId });
}

/** Queues one message after the other, so that the messages to two people who come together have a fixed order. */
export async function notifyOfBooking(
  tx: Db,
  practice: Practice,
  people: PersonWithRows[],
  { email, by, now }: { email: string; by: Viewer; now: number },
): Promise<void> {
  for (const { seriesId, rows } of people) {
    const dates = rows.map(({ id: uid, position, therapistId }) => ({ uid, position, therapistId, isBooked: true }));
    const written = { email, version: 1, appointments: dates };
    await queueSeriesNotifications(tx, practice, { kind: 'booked', seriesId, written }, now, { by });
  }
}

/** Notes who booked each series. */
export async function recordBooking(tx: Db, people: PersonWithRows[], by: Viewer, now: number): Promise<void> {
  const events = people.map(({ seriesId, plan, rows }) => {
    const facts = { appointments: rows.length, skipped: plan.skipped.length, firstStartsAt: rows[0]!.startAt };
    return { at: now, actor: getAuditActor(by), action: 'booked' as const, subject: `series:${seriesId}`, facts };
  });
  await recordEvents(tx, events);
}

/** The answer to whoever booked, stored to be given again if the request is repeated. */
export function toStoredAnswer(people: PersonWithRows[]): StoredBookingAnswer {
  const [first, second] = people.map(({ seriesId, rows }) => ({
    seriesId,
    appointments: rows.map(({ id, position, startAt, endAt, therapistId, serviceId }) => {
      return { uid: id, position, startsAt: startAt, endsAt: endAt, therapistId, serviceId };
    }),
  }));
  return { appointments: first!.appointments, ...(second && { beside: second }) };
}

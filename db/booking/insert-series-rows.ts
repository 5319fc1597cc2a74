import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { storeManageToken } from '@/db/access/manage-tokens';
import { encryptBookingNote, encryptStartScore } from '@/db/appointments/booking-health-encryption';
import type { Db } from '@/db/connection/connection';
import { insertPrepared, preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { buildClientSearchText } from '@/db/input/search-text';
import type { Practice } from '@/db/practice/practice';
import { appointments, clients, series, seriesQuestionPages, skips, startScores } from '@/db/schema';
import { getPriceWithTherapist, type PlannedBooking } from '@/scheduling/plan-booking';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { writeConsent } from './write-consent';

type NewAppointment = typeof appointments.$inferInsert;

/** Builds the rows of a series' appointments, with the therapist and room chosen for each date. */
export function buildAppointmentRows(
  plan: Pick<PlannedBooking, 'dates'>,
  choices: { therapistId: string; roomId: string }[],
  common: {
    seriesId: string;
    clientId: string;
    minutes: number;
    practice: Practice;
    now: number;
    /** The therapist of the plan, when one was chosen: a date with another therapist was repaired by hand. */
    nominalTherapistId?: string | undefined;
  },
): NewAppointment[] {
  const { seriesId, clientId, minutes, practice, now, nominalTherapistId = 'any' } = common;
  const newId = makeSiblingIds();
  return plan.dates.map(({ position, startsAt, endsAt, padded, nominalStartsAt, serviceId, ...prices }, at) => {
    const wall = toWallTime(practice.timeZone, startsAt);
    return {
      id: newId(),
      seriesId,
      position,
      clientId,
      ...choices[at]!,
      serviceId,
      status: 'booked',
      startAt: startsAt,
      endAt: endsAt,
      paddedStartAt: padded.start,
      paddedEndAt: padded.end,
      localStart: `${wall.on}T${wall.time}`,
      timeZone: practice.timeZone,
      nominalStartAt: nominalStartsAt,
      nominalTherapistId: nominalTherapistId === 'any' ? choices[at]!.therapistId : nominalTherapistId,
      minutes,
      priceCents: getPriceWithTherapist(prices, choices[at]!.therapistId),
      currency: practice.currency,
      sequence: 0,
      version: 1,
      isLateCancel: false,
      movesByClient: 0,
      createdAt: now,
    };
  });
}

/**
 * Random ids that begin alike, each with 74 random bits of its own. Adjacent in the index, the dates of a series take
 * one or two of its pages. Fully random ids took a page each, a seventh of all that was written.
 */
function makeSiblingIds(): () => string {
  const SHARED = 'xxxxxxxx-xxxx'.length;
  const shared = randomUUID().slice(0, SHARED);
  return () => shared + randomUUID().slice(SHARED);
}

const insertClient = preparedQuery((on) =>
  on
    .insert(clients)
    .values({
      id: sql.placeholder('id'),
      name: sql.placeholder('name'),
      email: sql.placeholder('email'),
      phone: sql.placeholder('phone'),
      searchText: sql.placeholder('searchText'),
      createdAt: sql.placeholder('now'),
    })
    .onConflictDoNothing()
    .returning({ id: clients.id }),
);

/**
 * Finds the client of this name and address, or creates one. Clients without an address are never assumed to be the
 * same person.
 */
export async function findOrMakeClient(tx: Db, client: SeriesRequest['client'], now: number): Promise<string> {
  const id = randomUUID();
  const { name, email, phone } = client;
  const inserted = await insertClient(tx, {
    id,
    name,
    email,
    phone: phone ?? null,
    searchText: buildClientSearchText({ name, email, phone: phone ?? null }),
    now,
  });
  if (inserted.length > 0) return id;
  const [known] = await tx
    .select({ id: clients.id, phone: clients.phone })
    .from(clients)
    .where(and(eq(clients.email, email), eq(clients.name, name)));
  // The person who books has not proven who they are, so they cannot change a stored number.
  if (phone !== undefined && known!.phone === null) {
    await tx
      .update(clients)
      .set({ phone, searchText: buildClientSearchText({ name, email, phone }) })
      .where(eq(clients.id, known!.id));
  }
  return known!.id;
}

/** Writes all rows of a series except its claims and its messages. */
export async function insertSeriesRows(
  tx: Db,
  request: SeriesRequest | StaffSeriesRequest,
  plan: PlannedBooking,
  rows: NewAppointment[],
  {
    seriesId,
    clientId,
    pairId,
    practice,
    unproven,
    confirmedSender,
    source,
    now,
  }: {
    seriesId: string;
    clientId: string;
    /** The same for two series that are booked together. */
    pairId: string | null;
    practice: Practice;
    /** The sender, for a client with an unconfirmed address, or one who has just confirmed it. */
    unproven: string | null;
    confirmedSender: string | undefined;
    source: typeof series.$inferSelect.source;
    now: number;
  },
): Promise<void> {
  const row = {
    id: seriesId,
    clientId,
    therapistId: therapistOf(request, rows),
    cadence: request.cadence,
    firstOn: plan.firstOn,
    localTime: plan.time,
    timeZone: practice.timeZone,
    sessions: plan.sessions,
    sealedNote: encryptBookingNote(request.note),
    bookedBy: bookerOf(request),
    pairId,
    version: 1,
    createdAt: now,
    sender: unproven ?? confirmedSender ?? null,
    confirmedAt: confirmedSender === undefined ? null : now,
    source,
    hasCalendarAlarm: false,
  };
  await sendTogether([
    insertPrepared(tx, series, [row]),
    insertPrepared(tx, appointments, rows),
    storeManageToken(tx, seriesId, now),
  ]);
  if (request.consent !== undefined) {
    const consent = { kind: 'booking', subject: { seriesId }, way: request.consent } as const;
    await writeConsent(tx, { ...consent, practiceName: practice.name, now });
  }
  if (request.questionSlug !== undefined) {
    await tx.insert(seriesQuestionPages).values({ seriesId, questionSlug: request.questionSlug, createdAt: now });
  }
  if (request.startScore !== undefined) {
    await tx
      .insert(startScores)
      .values({ seriesId, sealedScore: encryptStartScore(request.startScore), createdAt: now });
  }
  if (plan.skipped.length > 0) {
    await tx.insert(skips).values(
      plan.skipped.map(({ position, on, startsAt }) => ({
        seriesId,
        position,
        nominalStartAt: startsAt,
        nominalOn: on,
        createdAt: now,
      })),
    );
  }
}

/** Null where the person who books comes themselves. */
function bookerOf({ client, bookedBy }: SeriesRequest | StaffSeriesRequest): string | null {
  return bookedBy === undefined || ('name' in client && client.name === bookedBy) ? null : bookedBy;
}

/** The therapist of a series: the plan's if one of its dates is with them, or else the one with the most dates. */
function therapistOf({ standing }: Pick<SeriesRequest, 'standing'>, rows: NewAppointment[]): string {
  const counts = new Map<string, number>();
  for (const { therapistId } of rows) counts.set(therapistId, (counts.get(therapistId) ?? 0) + 1);
  if (standing && counts.has(standing.therapistId)) return standing.therapistId;
  return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
}

import { and, asc, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { derivePhoneCountry, formatPhone, formatPhoneLink } from '@/db/input/phone-numbers';
import { foldSearchText } from '@/db/input/search-text';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, clients, series, therapists } from '@/db/schema';
import { clientSearchCondition, escapeLikePattern, type FoundClient } from './find-clients';
import { notErasedCondition } from './get-client';

/** A client as staff recognise them on the telephone: nothing about their health or their payments. */
export interface PhoneClient extends FoundClient {
  /** The therapist of their plan of several sessions, if some of its dates are upcoming. */
  planWith: string | null;
  lastVisitAt: number | null;
  /** The massage of their last visit, as far as the viewer may see it: most likely what they want again. */
  lastMassage: { serviceId: string; minutes: number } | null;
}

const MOST_FOUND = 8;
const LONGEST_QUERY = 100;

/**
 * Clients by name, phone number or e-mail address; names that begin with the query come first. All staff may search,
 * and see every client whoever treats them, because they book for any caller.
 */
export async function findCallers(viewer: Staff, query: string, { now }: Clock): Promise<PhoneClient[]> {
  const folded = foldSearchText(query.slice(0, LONGEST_QUERY));
  if (folded === '') return [];
  const isLike = (pattern: string) => sql`${clients.searchText} like ${pattern} escape '!'`;
  const start = escapeLikePattern(folded);
  const rank = sql`case when ${isLike(`${start}%`)} then 0 when ${isLike(`% ${start}%`)} then 1 else 2 end`;
  return listFound(
    viewer,
    clientSearchCondition(query),
    [rank, asc(clients.searchText), asc(clients.id)],
    MOST_FOUND,
    now,
  );
}

/** One client by id, as `findCallers` lists them; null where there is none, or they were erased. */
export async function getCaller(viewer: Staff, id: string, { now }: Clock): Promise<PhoneClient | null> {
  if (id.length > 100) return null;
  const [found] = await listFound(viewer, and(eq(clients.id, id), notErasedCondition), [asc(clients.id)], 1, now);
  return found ?? null;
}

async function listFound(
  viewer: Staff,
  where: SQL | undefined,
  order: SQL[],
  limit: number,
  now: number,
): Promise<PhoneClient[]> {
  const db = await reader();
  const found = await db
    .select({ id: clients.id, name: clients.name, email: clients.email, phone: clients.phone })
    .from(clients)
    .where(where)
    .orderBy(...order)
    .limit(limit);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const country = derivePhoneCountry(await getPractice(db));
  const isVisit = and(
    inArray(appointments.clientId, ids),
    lte(appointments.startAt, now),
    inArray(appointments.status, ['booked', 'completed']),
  );
  const visits = await db
    .select({ clientId: appointments.clientId, lastAt: sql<number>`max(${appointments.startAt})` })
    .from(appointments)
    .where(isVisit)
    .groupBy(appointments.clientId);
  const { clientId, serviceId, minutes, startAt } = appointments;
  const lastAts = visits.map(({ lastAt }) => Number(lastAt));
  const massages = await db
    .select({ clientId, serviceId, minutes, startAt })
    .from(appointments)
    .where(and(isVisit, inArray(startAt, lastAts), editableAppointmentsCondition(viewer)));
  const plans = await db
    .select({ clientId: appointments.clientId, with: therapists.name })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .where(
      and(
        inArray(appointments.clientId, ids),
        eq(appointments.status, 'booked'),
        gt(appointments.startAt, now),
        gt(series.sessions, 1),
      ),
    )
    .orderBy(desc(appointments.startAt));
  const lastOf = new Map(visits.map(({ clientId, lastAt }) => [clientId, Number(lastAt)]));
  const massageOf = new Map(
    massages
      .filter((visit) => visit.startAt === lastOf.get(visit.clientId))
      .map(({ clientId, serviceId, minutes }) => [clientId, { serviceId, minutes }]),
  );
  // Ordered so that the earliest comes last, and stays in the map.
  const planOf = new Map(plans.map((plan) => [plan.clientId, plan.with]));
  return found.map(({ phone, ...client }) => ({
    ...client,
    phone: phone && formatPhone(phone, country),
    phoneLink: phone && formatPhoneLink(phone, country),
    planWith: planOf.get(client.id) ?? null,
    lastVisitAt: lastOf.get(client.id) ?? null,
    lastMassage: massageOf.get(client.id) ?? null,
  }));
}

import { and, asc, desc, eq, inArray, isNotNull, ne, notLike, or, type SQL } from 'drizzle-orm';
import { type EventActor, findActorNames } from '@/db/access/audit-trail';
import { ERASED_EMAIL_DOMAIN } from '@/db/access/erased-email-domain';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import {
  isPossibleId,
  maySeeHealthOfClient,
  visibleClientsCondition,
  visibleSeriesCondition,
} from '@/db/access/viewer-conditions';
import { type AppointmentView, listSeriesUnchecked, type SeriesView } from '@/db/appointments/series';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { derivePhoneCountry, formatPhone, formatPhoneLink } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { appointments, auditEvents, clients, series, therapists } from '@/db/schema';
import { decryptAlerts } from './client-alert-encryption';

export type ClientRow = typeof clients.$inferSelect;

/** A date with its status and outcome. */
export interface ClientDate extends AppointmentView {
  seriesUid: string;
  sessions: number;
  isLateCancel: boolean;
  cancelledBy: 'client' | 'practice' | null;
}

export interface ClientPlan extends SeriesView {
  appointments: ClientDate[];
}

/** One event in a client's history, with who did it. */
export interface ClientEvent {
  id: string;
  at: number;
  action: string;
  facts: Record<string, unknown>;
  by: EventActor;
}

export interface ClientView {
  id: string;
  name: string;
  /** Empty where they gave none. */
  email: string;
  phone: string | null;
  phoneLink: string | null;
  /** A locale; empty: the practice's. */
  language: string;
  tags: string[];
  favouriteTherapist: { id: string; name: string } | null;
  booking: ClientRow['booking'];
  /** Time kept free after each of their new dates. */
  extraMinutes: number;
  createdAt: number;
  version: number;
  /** Null for viewers who may not know them: all but the owner and therapists who treat the client. */
  alerts: string[] | null;
  /** Other clients with the same e-mail address. */
  household: { id: string; name: string }[];
  /**
   * The latest booked first; a therapist sees the plans that contain a date of theirs. Notes are only for those who
   * treat the client.
   */
  plans: ClientPlan[];
  /** The newest first. */
  history: ClientEvent[];
}

const MOST_EVENTS = 60;

/** One client whom the viewer may see, with everything about them; other clients are not found. */
export async function getClient(viewer: Staff, id: string): Promise<ClientView | null> {
  const db = await reader();
  const row = await findVisibleClient(db, viewer, id);
  if (!row) return null;
  const [practice, household, favourite, plans, alerts] = await Promise.all([
    getPractice(),
    listHousehold(db, viewer, row),
    findTherapist(db, row.favouriteTherapistId),
    listPlans(db, viewer, id),
    maySeeHealthOfClient(db, viewer, id),
  ]);
  const country = derivePhoneCountry(practice);
  const { name, email, phone, language, tags, booking, extraMinutes, createdAt, version } = row;
  return {
    ...{ id, name, email, language, tags, booking, extraMinutes, createdAt, version, household, plans },
    phone: phone === null ? null : formatPhone(phone, country),
    phoneLink: phone === null ? null : formatPhoneLink(phone, country),
    favouriteTherapist: favourite,
    alerts: alerts ? decryptAlerts(row.sealedAlerts) : null,
    history: await listHistory(db, id, plans),
  };
}

/** The row of a client whom the viewer may see and change; null for an erased client. */
export async function findVisibleClient(db: Db, viewer: Staff, id: string): Promise<ClientRow | null> {
  if (!isPossibleId(id)) return null;
  const [found] = await db
    .select()
    .from(clients)
    .where(and(eq(clients.id, id), notErasedCondition, visibleClientsCondition(db, viewer)));
  return found ?? null;
}

export const notErasedCondition = notLike(clients.email, `%${ERASED_EMAIL_DOMAIN}`);

/** What a therapist must know before treating a client; empty for viewers who may not know. */
export async function listClientAlerts(viewer: Staff, id: string): Promise<string[]> {
  const db = await reader();
  const row = await findVisibleClient(db, viewer, id);
  return row && (await maySeeHealthOfClient(db, viewer, id)) ? decryptAlerts(row.sealedAlerts) : [];
}

/** The same for the clients of these dates, keyed by date. Therapists get only their own dates. */
export async function listAlertsOfDates(viewer: Staff, uids: string[]): Promise<Map<string, string[]>> {
  if (!isTherapistOrOwner(viewer) || uids.length === 0) return new Map();
  const found = await (await reader())
    .select({ uid: appointments.id, sealed: clients.sealedAlerts })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        inArray(appointments.id, uids),
        isNotNull(clients.sealedAlerts),
        ne(appointments.status, 'cancelled'),
        viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : undefined,
      ),
    );
  return new Map(found.map(({ uid, sealed }) => [uid, decryptAlerts(sealed)]));
}

async function listHousehold(db: Db, viewer: Staff, { id, email }: ClientRow) {
  if (email === '') return [];
  return db
    .select({ id: clients.id, name: clients.name })
    .from(clients)
    .where(and(eq(clients.email, email), ne(clients.id, id), visibleClientsCondition(db, viewer)))
    .orderBy(asc(clients.name), asc(clients.id));
}

async function findTherapist(db: Db, id: string | null) {
  if (id === null) return null;
  const [found] = await db
    .select({ id: therapists.id, name: therapists.name })
    .from(therapists)
    .where(eq(therapists.id, id));
  return found ?? null;
}

async function listPlans(db: Db, viewer: Staff, clientId: string): Promise<ClientPlan[]> {
  const found = await listSeriesUnchecked(db, and(eq(series.clientId, clientId), visibleSeriesCondition(db, viewer)));
  const { id, isLateCancel, cancelledBy } = appointments;
  const ends = new Map(
    (
      await db.select({ id, isLateCancel, cancelledBy }).from(appointments).where(eq(appointments.clientId, clientId))
    ).map((row) => [row.id, row]),
  );
  return found.map((plan) => ({
    ...plan,
    note: isTherapistOrOwner(viewer) ? plan.note : null,
    questionSlug: isTherapistOrOwner(viewer) ? plan.questionSlug : null,
    appointments: plan.appointments.map((date) => ({
      ...date,
      seriesUid: plan.uid,
      sessions: plan.sessions,
      isLateCancel: ends.get(date.uid)?.isLateCancel ?? false,
      cancelledBy: ends.get(date.uid)?.cancelledBy ?? null,
    })),
  }));
}

/** The events about the client, and about those of their plans that the viewer sees. */
async function listHistory(db: Db, clientId: string, plans: ClientPlan[]): Promise<ClientEvent[]> {
  const subjects = [
    `client:${clientId}`,
    ...plans.map(({ uid }) => `series:${uid}`),
    ...plans.flatMap((plan) => plan.appointments.map(({ uid }) => `appointment:${uid}`)),
  ];
  const found = await db
    .select()
    .from(auditEvents)
    .where(isOneOf(subjects))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(MOST_EVENTS);
  const names = await findActorNames(
    db,
    found.map(({ actor }) => actor),
  );
  return found.map(({ id, at, action, facts, actor }) => ({ id, at, action, facts, by: names.get(actor)! }));
}

// The databases limit how many values a list may have.
const IN_A_LIST = 500;

function isOneOf(subjects: string[]): SQL | undefined {
  const parts: string[][] = [];
  for (let at = 0; at < subjects.length; at += IN_A_LIST) parts.push(subjects.slice(at, at + IN_A_LIST));
  return or(...parts.map((some) => inArray(auditEvents.subject, some)));
}

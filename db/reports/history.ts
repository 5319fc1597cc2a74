import { and, desc, eq, inArray, like, lt, or, type SQL } from 'drizzle-orm';
import { HISTORY_ACTIONS, type HistoryKind } from '@/db/access/audit-actions';
import { type EventActor, findActorNames } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { appointments, auditEvents, clients, rooms, series, services, therapists, timeOff, users } from '@/db/schema';

/** The person or thing that an event was about, by its name today; null if it is gone. */
export type EventSubject =
  | { kind: 'client'; id: string; name: string; startAt: number | null }
  | { kind: 'staff' | 'massage' | 'room'; name: string };

export interface HistoryLine {
  id: string;
  at: number;
  action: string;
  facts: Record<string, unknown>;
  by: EventActor;
  about: EventSubject | null;
}

export interface HistoryPage {
  /** Newest first. */
  lines: HistoryLine[];
  /** The position from which older lines continue; null if there are none. */
  older: string | null;
}

interface HistoryQuery {
  kind: HistoryKind | null;
  /** Only events by this member of the team. */
  userId: string | null;
  /** The `older` of the page before. */
  before: string | null;
}

const A_PAGE = 50;

/** The history of the practice, one page at a time. */
export async function listHistory(_viewer: Owner, { kind, userId, before }: HistoryQuery): Promise<HistoryPage> {
  const db = await reader();
  const found = await db
    .select()
    .from(auditEvents)
    .where(and(isOfKind(kind), isBy(userId), isBefore(before)))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(A_PAGE + 1);
  const shown = found.slice(0, A_PAGE);
  const [actors, subjects] = await Promise.all([
    findActorNames(
      db,
      shown.map(({ actor }) => actor),
    ),
    nameSubjects(db, shown),
  ]);
  const last = shown.at(-1);
  return {
    lines: shown.map(({ id, at, action, facts, actor, subject }) => ({
      ...{ id, at, action, facts },
      by: actors.get(actor)!,
      about: subjects.get(subject) ?? null,
    })),
    older: last && found.length > A_PAGE ? `${last.at}.${last.id}` : null,
  };
}

function isOfKind(kind: HistoryKind | null): SQL | undefined {
  if (kind === null) return undefined;
  return kind === 'money'
    ? like(auditEvents.action, 'entered %')
    : inArray(auditEvents.action, [...HISTORY_ACTIONS[kind]]);
}

/** Whatever role they had at the time. */
function isBy(userId: string | null): SQL | undefined {
  if (userId === null) return undefined;
  return inArray(
    auditEvents.actor,
    ['owner', 'therapist', 'front_desk'].map((role) => `${role}:${userId}`),
  );
}

function isBefore(place: string | null): SQL | undefined {
  const [, at, id = ''] = /^(\d{1,15})\.(.{1,64})$/.exec(place ?? '') ?? [];
  if (at === undefined) return undefined;
  const instant = Number(at);
  return or(lt(auditEvents.at, instant), and(eq(auditEvents.at, instant), lt(auditEvents.id, id)));
}

/** Maps each stored subject to the name it has today. */
async function nameSubjects(db: Db, events: { subject: string }[]): Promise<Map<string, EventSubject>> {
  const idsOf = (kind: string) => [
    ...new Set(
      events.flatMap(({ subject }) => (subject.startsWith(`${kind}:`) ? [subject.slice(kind.length + 1)] : [])),
    ),
  ];
  const names = new Map<string, EventSubject>();
  const client = { id: clients.id, name: clients.name };
  await Promise.all([
    look(
      'client',
      (ids) => db.select(client).from(clients).where(inArray(clients.id, ids)),
      (row) => ({
        ...{ kind: 'client', id: row.id, name: row.name, startAt: null },
      }),
    ),
    look(
      'series',
      (ids) =>
        db
          .select({ id: series.id, clientId: clients.id, name: clients.name })
          .from(series)
          .innerJoin(clients, eq(clients.id, series.clientId))
          .where(inArray(series.id, ids)),
      (row) => ({ kind: 'client', id: row.clientId, name: row.name, startAt: null }),
    ),
    look(
      'appointment',
      (ids) =>
        db
          .select({ id: appointments.id, clientId: clients.id, name: clients.name, startAt: appointments.startAt })
          .from(appointments)
          .innerJoin(series, eq(series.id, appointments.seriesId))
          .innerJoin(clients, eq(clients.id, series.clientId))
          .where(inArray(appointments.id, ids)),
      (row) => ({ kind: 'client', id: row.clientId, name: row.name, startAt: row.startAt }),
    ),
    look(
      'therapist',
      (ids) =>
        db.select({ id: therapists.id, name: therapists.name }).from(therapists).where(inArray(therapists.id, ids)),
      (row) => ({ kind: 'staff', name: row.name }),
    ),
    look(
      'time_off',
      (ids) =>
        db
          .select({ id: timeOff.id, name: therapists.name })
          .from(timeOff)
          .innerJoin(therapists, eq(therapists.id, timeOff.therapistId))
          .where(inArray(timeOff.id, ids)),
      (row) => ({ kind: 'staff', name: row.name }),
    ),
    look(
      'user',
      (ids) => db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)),
      (row) => ({ kind: 'staff', name: row.name ?? '' }),
    ),
    look(
      'service',
      (ids) => db.select({ id: services.id, name: services.name }).from(services).where(inArray(services.id, ids)),
      (row) => ({ kind: 'massage', name: row.name }),
    ),
    look(
      'room',
      (ids) => db.select({ id: rooms.id, name: rooms.name }).from(rooms).where(inArray(rooms.id, ids)),
      (row) => ({ kind: 'room', name: row.name }),
    ),
  ]);
  return names;

  async function look<Row extends { id: string }>(
    kind: string,
    read: (ids: string[]) => PromiseLike<Row[]>,
    subjectOf: (row: Row) => EventSubject,
  ): Promise<void> {
    const ids = idsOf(kind);
    if (ids.length === 0) return;
    for (const row of await read(ids)) names.set(`${kind}:${row.id}`, subjectOf(row));
  }
}

import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { auditEvents, users } from '@/db/schema';
import type { AuditAction } from './audit-actions';
import type { Viewer } from './viewer';

export interface HistoryEvent {
  /** Given by the caller if it needs to find this event again. */
  id?: string;
  at: number;
  actor: string;
  /** The health check writes `tried` and rolls it back. */
  action: AuditAction | 'tried';
  subject: string;
  facts: Record<string, unknown>;
}

/** Records who did what, in the transaction that does it. `facts` hold ids and times, never names or health data. */
export async function recordEvent(tx: Db, event: HistoryEvent): Promise<void> {
  await recordEvents(tx, [event]);
}

/** Like `recordEvent`, for many events. */
export async function recordEvents(tx: Db, events: HistoryEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({ id: randomUUID(), ...event }));
  await insertPrepared(tx, auditEvents, rows);
}

/** How the history stores the viewer who acted. */
export function getAuditActor(viewer: Viewer): string {
  if (viewer.role === 'reader') return 'reader';
  return viewer.role === 'link' ? `link:${viewer.seriesId}` : `${viewer.role}:${viewer.userId}`;
}

/** Who acted: a member of staff by name, a client, or somebody unknown. */
export type EventActor = { kind: 'staff'; name: string } | { kind: 'client' } | { kind: 'visitor' };

/** Finds the names of actors, by the text that the history stores for each. */
export async function findActorNames(db: Db, actors: string[]): Promise<Map<string, EventActor>> {
  const ids = [...new Set(actors.map((actor) => actor.split(':')[1] ?? ''))].filter(Boolean);
  const found =
    ids.length === 0
      ? []
      : await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  const names = new Map(found.map(({ id, name }) => [id, name ?? '']));
  return new Map(actors.map((actor) => [actor, actorIn(actor, names)]));
}

function actorIn(actor: string, names: Map<string, string>): EventActor {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'owner' || kind === 'therapist' || kind === 'front_desk')
    return { kind: 'staff', name: names.get(id) || 'somebody who worked here' };
  return kind === 'client' || kind === 'link' ? { kind: 'client' } : { kind: 'visitor' };
}

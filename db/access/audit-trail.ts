import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { auditEvents, users } from '@/db/schema';
import type { AuditAction } from './audit-actions';
import type { Viewer } from './viewer';

export interface HistoryEvent {
  /** Where it is found again. */
  id?: string;
  at: number;
  actor: string;
  /** A health check writes that it `tried`, and takes it back. */
  action: AuditAction | 'tried';
  subject: string;
  facts: Record<string, unknown>;
}

/** Remembers who did what, in the transaction that does it. `facts` hold ids and times, nobody's name or health. */
export async function recordEvent(tx: Db, event: HistoryEvent): Promise<void> {
  await recordEvents(tx, [event]);
}

/** As `recordEvent`, of many at once. */
export async function recordEvents(tx: Db, events: HistoryEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({ id: randomUUID(), ...event }));
  await insertPrepared(tx, auditEvents, rows);
}

/** How history names the one who acted. */
export function getAuditActor(viewer: Viewer): string {
  if (viewer.role === 'reader') return 'reader';
  return viewer.role === 'link' ? `link:${viewer.seriesId}` : `${viewer.role}:${viewer.userId}`;
}

/** Who did something: the name of whoever works here; a client; or nobody known. */
export type EventActor = { kind: 'staff'; name: string } | { kind: 'client' } | { kind: 'visitor' };

/** Names the actors of some events, by the text that history keeps of them. */
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

import { randomUUID } from 'node:crypto';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { auditEvents } from '@/db/schema';
import type { Viewer } from './viewer';

export interface HistoryEvent {
  /** Where it is found again. */
  id?: string;
  at: number;
  actor: string;
  action: string;
  subject: string;
  facts: Record<string, unknown>;
}

/** Remembers who did what, in the transaction that does it. `facts` hold ids and times, nobody's name or health. */
export async function recordEvent(tx: Db, event: HistoryEvent): Promise<void> {
  await insertPrepared(tx, auditEvents, [{ id: randomUUID(), ...event }], 'audit events');
}

/** How history names the one who acted. */
export function actorOf(viewer: Viewer): string {
  if (viewer.role === 'reader') return 'reader';
  return viewer.role === 'link' ? `link:${viewer.seriesId}` : `${viewer.role}:${viewer.userId}`;
}

import { statSync } from 'node:fs';
import { and, count, isNotNull, lte, min, not, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { getDatabaseUrl, reader } from '@/db/connection/database-client';
import { getDatabaseEngine } from '@/db/engine';
import { staleMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { appointments, auditEvents, outbox, practices } from '@/db/schema';

export interface Metrics {
  /** How often each action was ever taken: booked, moved, cancelled … */
  actions: Record<string, number>;
  appointments: Record<string, number>;
  outbox: { waiting: number; oldestDueAt: number | null; dead: number };
  databaseBytes: number;
}

/** Counts from the database at the moment of the request; nothing about any person. */
export async function gatherMetrics(now: number): Promise<Metrics> {
  const db = await reader();
  const actionCounts = await db
    .select({ name: auditEvents.action, count: count() })
    .from(auditEvents)
    .groupBy(auditEvents.action);
  const states = await db
    .select({ name: appointments.status, count: count() })
    .from(appointments)
    .groupBy(appointments.status);
  const [waiting] = await db
    .select({ count: count(), oldestDueAt: min(outbox.dueAt) })
    .from(outbox)
    .where(and(waitingMessageCondition, lte(outbox.dueAt, now), not(staleMessageCondition(now))));
  const [dead] = await db.select({ count: count() }).from(outbox).where(isNotNull(outbox.deadAt));
  return {
    actions: byName(actionCounts),
    appointments: byName(states),
    outbox: { waiting: waiting!.count, oldestDueAt: waiting!.oldestDueAt, dead: dead!.count },
    databaseBytes: await sizeOf(db),
  };
}

async function sizeOf(db: Db): Promise<number> {
  const url = getDatabaseUrl();
  if (getDatabaseEngine(url) === 'postgres') {
    const bytes = sql<string>`pg_database_size(current_database())`;
    const [found] = await db.select({ bytes }).from(practices).limit(1);
    return Number(found?.bytes ?? 0);
  }
  const file = url.slice('file:'.length);
  return ['', '-wal'].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function byName(rows: { name: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { auditEvents } from '@/db/schema';

/** The data that undoing a change needs, by its name in the facts of an event: whole rows of clients' dates. */
const ROWS = [
  'undo',
  'series',
  'appointments',
  'skips',
  'timeOff',
  'outsideOffer',
  'endedRequests',
  'undoneAt',
  'until',
];

/**
 * Deletes the undo data of changes made before this instant, which can no longer be undone. Who did what to whom stays.
 */
export async function deleteUndoData(tx: Db, before: number): Promise<void> {
  const holdsRows = or(
    sql`${auditEvents.facts} like '%"undo":{%'`,
    and(sql`${auditEvents.facts} like '%"undoneAt":%'`, sql`${auditEvents.facts} like '%"series":[%'`),
  );
  const found = await tx
    .select({ id: auditEvents.id, facts: auditEvents.facts })
    .from(auditEvents)
    .where(and(lt(auditEvents.at, before), holdsRows));
  for (const { id, facts } of found) {
    const remaining = Object.fromEntries(Object.entries(facts).filter(([name]) => !ROWS.includes(name)));
    await tx.update(auditEvents).set({ facts: remaining }).where(eq(auditEvents.id, id));
  }
}

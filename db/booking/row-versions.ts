import { sql } from 'drizzle-orm';
import { appointments } from '@/db/schema';

/** What a move by its client does to the count that the practice may limit. */
export const incrementedMovesByClient = { movesByClient: sql`${appointments.movesByClient} + 1` };

/** What a change that a calendar must see does to the counters. */
export const incrementedVersions = {
  sequence: sql`${appointments.sequence} + 1`,
  version: sql`${appointments.version} + 1`,
};

/**
 * What a change that can be undone does to them. Undone, the row has its old version again, so that the next
 * change must not come by chance to the number that somebody saw in between: each leaps by another.
 */
export function buildVersionIncrement(by: number) {
  return { sequence: incrementedVersions.sequence, version: sql`${appointments.version} + ${by}` };
}

import { sql } from 'drizzle-orm';
import { appointments } from '@/db/schema';

/** Counts a move by the client, which the practice may limit. */
export const incrementedMovesByClient = { movesByClient: sql`${appointments.movesByClient} + 1` };

/** Raises the counters for a change that a calendar must see. */
export const incrementedVersions = {
  sequence: sql`${appointments.sequence} + 1`,
  version: sql`${appointments.version} + 1`,
};

/**
 * Raises them for a change that can be undone. Undoing restores the old version, so the next change must not reuse a
 * number that somebody saw in between: each change raises it by a random amount.
 */
export function buildVersionIncrement(by: number) {
  return { sequence: incrementedVersions.sequence, version: sql`${appointments.version} + ${by}` };
}

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { freedTimes } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { FREED_TIME_DELAY_MS } from '@/scheduling/waitlist-matching';

// Time of a therapist that has become free is noted where it becomes free, and looked at later by who offers it to those
// who wait. Whether it is still free by then is asked anew: a note that turns out to be wrong does no harm.

export interface FreedTime extends Interval {
  therapistId: string;
}

/** Notes that this time may be free. It is looked at once it has stayed so for a while, or at `dueAt`. */
export async function recordFreedTimes(
  tx: Db,
  freed: FreedTime[],
  now: number,
  dueAt = now + FREED_TIME_DELAY_MS,
): Promise<void> {
  const rows = freed
    .filter(({ start, end }) => end > Math.max(start, now))
    .map(({ therapistId, start, end }) => {
      return { id: randomUUID(), therapistId, startAt: start, endAt: end, createdAt: now, dueAt };
    });
  if (rows.length > 0) await tx.insert(freedTimes).values(rows);
}

/** What this transaction, begun at `now`, released may be taken again by an undo: it is offered to nobody before. */
export async function delayFreedTimes(tx: Db, now: number, until: number): Promise<void> {
  await tx.update(freedTimes).set({ dueAt: until }).where(eq(freedTimes.createdAt, now));
}

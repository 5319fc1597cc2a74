import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { freedTimes } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { FREED_TIME_DELAY_MS } from '@/scheduling/waitlist-matching';

// When time of a therapist becomes free, that is recorded. A job later offers it to people on the waiting list. The job
// checks again whether the time is free, so a wrong record does no harm.

export interface FreedTime extends Interval {
  therapistId: string;
}

/** Records that this time may be free. The job looks at it after a while, or at `dueAt`. */
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

/** An undo may take back what this transaction, begun at `now`, released: nobody is offered it before `until`. */
export async function delayFreedTimes(tx: Db, now: number, until: number): Promise<void> {
  await tx.update(freedTimes).set({ dueAt: until }).where(eq(freedTimes.createdAt, now));
}

import { recordFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import type { waitlistEntries } from '@/db/schema';
import { daysBetweenSessions } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import { getDayInterval } from '@/scheduling/zone-conversion';

/** Queues the time that is free already for a waiting entry, so that its client need not wait for more to be freed. */
export async function queueFreeTimesForEntry(
  tx: Db,
  entry: typeof waitlistEntries.$inferSelect,
  { timeZone }: Practice,
  now: number,
): Promise<void> {
  const service = (await listServices(tx)).find(({ id }) => id === entry.serviceId);
  const therapistIds = entry.therapistId === null ? (service?.therapists ?? []) : [entry.therapistId];
  const lastOn = addDays(entry.untilOn, (entry.sessions - 1) * daysBetweenSessions(entry.cadence));
  const span = { start: getDayInterval(timeZone, entry.fromOn).start, end: getDayInterval(timeZone, lastOn).end };
  await recordFreedTimes(
    tx,
    therapistIds.map((therapistId) => ({ therapistId, ...span })),
    now,
  );
}

import { createHash } from 'node:crypto';
import { getFirstDayBeyondWindow } from '@/db/availability/availability-context';
import { recordFreedTimes } from '@/db/claims/freed-times';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { listServices, mergeWidestServiceRules } from '@/db/practice/services';
import { getDayInterval } from '@/scheduling/zone-conversion';

/**
 * Records all bookable time as freed when the days, rooms, massages or rules differ from those that `before` was made
 * of: a day that comes within the window, or a new room, frees time although nobody released any. Returns the value for
 * `before` of the next call.
 */
export async function recordFreedByRuleChange(before: string | undefined, now: number): Promise<string> {
  const db = await reader();
  const [practice, services] = await Promise.all([getPractice(db), listServices(db)]);
  const closed = getFirstDayBeyondWindow(mergeWidestServiceRules(practice, services), now);
  const rules = createHash('sha256')
    .update(JSON.stringify([closed, practice, services]))
    .digest('base64url');
  if (rules === before) return rules;
  const end = getDayInterval(practice.timeZone, closed).start;
  const therapistIds = [...new Set(services.flatMap(({ therapists }) => therapists))];
  await transact((tx) =>
    recordFreedTimes(
      tx,
      therapistIds.map((therapistId) => ({ therapistId, start: now, end })),
      now,
    ),
  );
  return rules;
}

import type { Db } from '@/db/connection/connection';
import type { BookingRules, PlannedDate } from '@/scheduling/plan-booking';
import {
  type DateOverWorkloadCaps,
  formatDateOverWorkloadCapsKey,
  listDatesOverWorkloadCaps,
} from './dates-over-workload-caps';

// Warnings that staff see once before they book: dates beyond a therapist's caps, and therapists who may not suit the
// client, of whom the client's own therapist has to be asked first.

/** Nothing was booked: staff have not seen all of these warnings yet. */
export interface UnacknowledgedBookingWarnings {
  ok: false;
  reason: 'unusual';
  dates: DateOverWorkloadCaps[];
  /** The therapists of whom the client's own therapist has to be asked first. */
  askFirst: string[];
}

/** The key of such a therapist in a form that has shown the warning. */
export function buildAskFirstWarningKey(therapistId: string): string {
  return `ask@${therapistId}`;
}

/** The warnings about a booking that staff have not seen yet; null where there are none. */
export async function findUnacknowledgedBookingWarnings(
  tx: Db,
  dates: PlannedDate[],
  choices: { therapistId: string; roomId: string }[],
  /** `suitedFor`: the therapists who suit the client of each date; null means any. */
  {
    rules,
    suitedFor,
    acknowledged,
  }: { rules: BookingRules; suitedFor: (readonly string[] | null)[]; acknowledged: readonly string[] },
): Promise<UnacknowledgedBookingWarnings | null> {
  const over = await listDatesOverWorkloadCaps(tx, dates, choices, rules);
  const unsuited = choices.filter(({ therapistId }, at) => suitedFor[at]?.includes(therapistId) === false);
  const askFirst = [...new Set(unsuited.map(({ therapistId }) => therapistId))];
  const isNews = [...over.map(formatDateOverWorkloadCapsKey), ...askFirst.map(buildAskFirstWarningKey)].some(
    (key) => !acknowledged.includes(key),
  );
  return isNews ? { ok: false, reason: 'unusual', dates: over, askFirst } : null;
}

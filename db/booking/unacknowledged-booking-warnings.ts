import type { Db } from '@/db/connection/connection';
import type { BookingRules, PlannedDate } from '@/scheduling/plan-booking';
import {
  type DateOverWorkloadCaps,
  formatDateOverWorkloadCapsKey,
  listDatesOverWorkloadCaps,
} from './dates-over-workload-caps';

// What staff are told once before they book it: dates beyond a therapist's caps, and therapists of whom somebody has to be
// asked first.

/** Nothing was booked: staff have not been told of all of this yet. */
export interface UnacknowledgedBookingWarnings {
  ok: false;
  reason: 'unusual';
  dates: DateOverWorkloadCaps[];
  /** The therapists of whom whoever treats the client has to be asked first. */
  askFirst: string[];
}

/** What names a therapist of whom somebody has to be asked, in a form that has told of it. */
export function buildAskFirstWarningKey(therapistId: string): string {
  return `ask@${therapistId}`;
}

/** What of a booking staff have not heard of yet; null where there is nothing. */
export async function findUnacknowledgedBookingWarnings(
  tx: Db,
  dates: PlannedDate[],
  choices: { therapistId: string; roomId: string }[],
  /** `suitedFor`: of each date who goes with what its client said; null where that is anybody. */
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

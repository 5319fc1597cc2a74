import type { Practice } from '@/db/practice/practice';
import { getOfferExpiry } from '@/scheduling/waitlist-matching';

/** When an offer that is made or sent now expires; null where too little time is left to answer. */
export function getOfferDeadline(
  { offerMinutes: minutes, noticeMinutes, moveCutoffMinutes }: Practice,
  offer: {
    now: number;
    firstStart: number;
    /** The notice of its massage, where that has its own. */
    noticeMinutes: number | null;
    /** The start of the date that it replaces, which must still be movable. */
    swaps: number | null;
  },
): number | null {
  const { now, firstStart, swaps } = offer;
  const ends = [getOfferExpiry({ now, firstStart, minutes, noticeMinutes: offer.noticeMinutes ?? noticeMinutes })];
  if (swaps !== null && moveCutoffMinutes !== null)
    ends.push(getOfferExpiry({ now, firstStart: swaps, minutes, noticeMinutes: moveCutoffMinutes }));
  return ends.includes(null) ? null : Math.min(...ends.map(Number));
}

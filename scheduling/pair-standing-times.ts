// When could two people have their massages at the same time, side by side? Each needs a therapist and a room, and both
// the whole plan: a standing time is as open for two as both of their therapists are on the same dates.

import { compareIds } from './find-free-starts';
import type { StandingTime } from './standing-times';

/** A standing time for two: `therapistId` gives the first massage, `besideId` the other one. */
export interface PairedStandingTime extends StandingTime {
  besideId: string;
}

/**
 * Pairs the therapists of each weekday and time: the two who are both free on the most dates; of equals, those with the
 * most dates of their own and then the first by id. What is given must have been found where there are two rooms: where one
 * room is free, two may not be. With `withId` one of the two is that therapist, and comes first. Times at which no two
 * are ever free together are left out. The most open come first, then the earliest.
 *
 * `beside` are the standing times of another massage, or of another length, that the second person has on the same dates:
 * then whoever comes first gives the one in `found`, and the other gives the one in `beside`. Left out, both have the same.
 *
 * @example
 * pairStandingTimes(
 *   ['mira', 'tom'].map((therapistId) => {
 *     return { therapistId, firstOn: '2026-12-01', time: '18:00', open: 1, occurrences: [{ on: '2026-12-01', start: 0, open: true }] };
 *   }),
 * )[0]?.besideId //=> 'tom'
 */
export function pairStandingTimes(
  found: StandingTime[],
  { withId, beside }: { withId?: string | undefined; beside?: StandingTime[] | undefined } = {},
): PairedStandingTime[] {
  const seconds = beside && groupByPlace(beside);
  const pairs = [...groupByPlace(found)].flatMap(([place, firsts]) => {
    const others = seconds ? seconds.get(place) : firsts;
    return (others && bestPair(firsts, others, { withId, areAlike: !seconds })) ?? [];
  });
  return pairs.sort((a, b) => b.open - a.open || a.occurrences[0]!.start - b.occurrences[0]!.start);
}

function groupByPlace(found: StandingTime[]): Map<string, StandingTime[]> {
  const places = new Map<string, StandingTime[]>();
  for (const standing of found) {
    const key = `${standing.firstOn} ${standing.time}`;
    const place = places.get(key);
    if (place) place.push(standing);
    else places.set(key, [standing]);
  }
  return places;
}

function inOrder(place: StandingTime[]): StandingTime[] {
  return [...place].sort((a, b) => b.open - a.open || compareIds(a.therapistId, b.therapistId));
}

function bestPair(
  firstPlace: StandingTime[],
  secondPlace: StandingTime[],
  { withId, areAlike }: { withId: string | undefined; areAlike: boolean },
): PairedStandingTime | null {
  const firsts = inOrder(firstPlace).filter(({ therapistId }) => withId === undefined || therapistId === withId);
  const seconds = inOrder(secondPlace);
  let best: { first: StandingTime; second: StandingTime; open: number } | null = null;
  for (const first of firsts) {
    for (const second of seconds) {
      // Those who follow are free on no more dates than this one.
      if (second.open <= (best?.open ?? 0)) break;
      if (second.therapistId === first.therapistId) continue;
      const open = first.occurrences.filter((date, k) => date.open && second.occurrences[k]!.open).length;
      if (open > (best?.open ?? 0)) best = { first, second, open };
    }
  }
  if (!best) return null;
  const isOrdered =
    !areAlike || withId !== undefined || compareIds(best.first.therapistId, best.second.therapistId) < 0;
  const [first, second] = isOrdered ? [best.first, best.second] : [best.second, best.first];
  return {
    therapistId: first.therapistId,
    besideId: second.therapistId,
    firstOn: first.firstOn,
    time: first.time,
    open: best.open,
    occurrences: first.occurrences.map((date, k) => ({ ...date, open: date.open && second.occurrences[k]!.open })),
  };
}

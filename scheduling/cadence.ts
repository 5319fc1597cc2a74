// On which days does a series fall? Every two weeks is counted from its first day in steps of 14 local days, never by
// the parity of week numbers: a year with a week 53 would turn the rhythm round.

import { dayFromNumber, dayNumber } from './day';
import { checkOneOf, checkWholeNumber, malformedFieldError } from './input-checks';

/** How often a series comes round; `biweekly` is every two weeks. */
export type Cadence = 'once' | 'weekly' | 'biweekly';

/** Twenty years of weeks; beyond, a mistake would be paid for in memory. */
const MOST_SESSIONS = 1040;
const STEPS: Record<Cadence, number> = { once: 0, weekly: 7, biweekly: 14 };

/**
 * Counts the local days from one occurrence to the next: 0, 7 or 14. Throws a RangeError for any other cadence.
 *
 * @example
 * daysBetweenSessions('biweekly') //=> 14
 */
export function daysBetweenSessions(cadence: Cadence): number {
  checkOneOf('cadence', cadence, Object.keys(STEPS));
  return STEPS[cadence];
}

/**
 * Counts the occurrences a series asks for: `once` has one, whatever `sessions` says. Throws a RangeError for a count
 * that is not from 1 to 1040.
 *
 * @example
 * countSessions('weekly', 8) //=> 8
 */
export function countSessions(cadence: Cadence, sessions: number): number {
  const step = daysBetweenSessions(cadence);
  checkWholeNumber('sessions', sessions, 1);
  if (sessions > MOST_SESSIONS) throw malformedFieldError('sessions', `at most ${MOST_SESSIONS}`, sessions);
  return step === 0 ? 1 : sessions;
}

/**
 * Lists the local days of a series, the first one first. Throws a RangeError for a malformed day or count.
 *
 * @example
 * listSeriesDays({ cadence: 'biweekly', firstOn: '2026-12-22', sessions: 3 }) //=> ['2026-12-22', '2027-01-05', '2027-01-19']
 */
export function listSeriesDays(series: { cadence: Cadence; firstOn: string; sessions: number }): string[] {
  const step = daysBetweenSessions(series.cadence);
  const count = countSessions(series.cadence, series.sessions);
  const first = dayNumber(series.firstOn, 'firstOn');
  return Array.from({ length: count }, (_, k) => dayFromNumber(first + k * step, 'firstOn'));
}

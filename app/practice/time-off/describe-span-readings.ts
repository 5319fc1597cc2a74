import { daysBetween } from '@/scheduling/day';
import { formatDay, formatWallTime } from '@/scheduling/formatting';
import type { TimeOffFormValues } from './time-off-form-values';

/** The two ways in which hours over several days can be read, as answers to the question which of them is meant. */
export function describeSpanReadings(
  { from, at, until, to }: Pick<TimeOffFormValues, 'from' | 'at' | 'until' | 'to'>,
  locale: string,
): { each: string; one: string } {
  const [first, last] = [from, until].map((on) => formatDay(on, 'short', locale));
  const [begins, ends] = [at, to].map((time) => formatWallTime(time, locale));
  return {
    each: `${begins} to ${ends} on each of the ${daysBetween(from, until) + 1} days`,
    one: `One block from ${first} ${begins} to ${last} ${ends}`,
  };
}

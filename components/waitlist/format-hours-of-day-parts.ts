import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import type { PartOfDay } from '@/scheduling/waitlist-matching';

const HOURS = { morning: 'Before 12', afternoon: '12 to 17', evening: 'From 17' };
const HOURS_BY_HALVES = { morning: 'Before noon', afternoon: 'Noon to 5', evening: 'From 5' };

/** The hours of each part of the day, as a heading. */
export function formatHoursOfDayParts(locale: string): Record<PartOfDay, string> {
  return getLocaleDateConventions(locale).halves ? HOURS_BY_HALVES : HOURS;
}

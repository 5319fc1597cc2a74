import type { ExceededCap } from '@/db/booking/workload-tally';

const LIMITS: Record<ExceededCap['cap'], string> = {
  dayMinutes: 'a day',
  weekMinutes: 'a week',
  deepDayMinutes: 'of deep tissue a day',
  deepWeekMinutes: 'of deep tissue a week',
};

/** 'More than Tom wants to give: 60 min a day, 300 min a week.' */
export function describeExceededCaps(exceeds: ExceededCap[], who: string): string {
  return `More than ${who} wants to give: ${exceeds.map(({ cap, minutes }) => `${minutes} min ${LIMITS[cap]}`).join(', ')}.`;
}

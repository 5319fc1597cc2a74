import { listIrishHolidays } from '@/db/demo/irish-holidays';
import { dayFromToday } from '../scripts/prove/api-client';

// Days of the demo practice. It is closed on the public holidays of Ireland, so no journey may need one to be open.

export function isPublicHoliday(on: string): boolean {
  return listIrishHolidays(Number(on.slice(0, 4))).some((holiday) => holiday.on === on);
}

/** The first Tuesday, Wednesday or Thursday so many days ahead that is no holiday: Mira works from noon, and so does Jun. */
export function midweekDay(daysAhead: number): string {
  const week = Array.from({ length: 7 }, (_, k) => dayFromToday(daysAhead + k));
  return week.find((on) => !isPublicHoliday(on) && [2, 3, 4].includes(new Date(on).getUTCDay()))!;
}

/** The Monday and the Friday of the first week from so many days ahead on without a holiday between them. */
export function workweek(daysAhead: number): { monday: string; friday: string } {
  for (let ahead = daysAhead; ; ahead++) {
    const week = Array.from({ length: 5 }, (_, k) => dayFromToday(ahead + k));
    const [monday = '', , , , friday = ''] = week;
    if (new Date(monday).getUTCDay() === 1 && !week.some(isPublicHoliday)) return { monday, friday };
  }
}

import { listIrishHolidays } from '@/db/demo/irish-holidays';

// The demo practice is closed on the public holidays of Ireland: no journey may count on such a day being open.

export function isPublicHoliday(on: string): boolean {
  return listIrishHolidays(Number(on.slice(0, 4))).some((holiday) => holiday.on === on);
}

import type { Holiday } from '@/db/practice/practice';
import { addDays, weekdayOf } from '@/scheduling/day';

const MONDAY = 1;
const FRIDAY = 5;

/**
 * Ireland's ten public holidays of one year, as the Organisation of Working Time Act 1997 and its order of 2022 name
 * them. One that falls on a weekend stays there: the law moves an employee's benefit, not the day.
 */
export function listIrishHolidays(year: number): Holiday[] {
  const february = `${year}-02-01`;
  return [
    { on: `${year}-01-01`, name: "New Year's Day" },
    // The first Monday of February, except when 1 February is a Friday.
    { on: weekdayOf(february) === FRIDAY ? february : firstMonday(february), name: 'St Brigid’s Day' },
    { on: `${year}-03-17`, name: "St Patrick's Day" },
    { on: addDays(easterSunday(year), 1), name: 'Easter Monday' },
    { on: firstMonday(`${year}-05-01`), name: 'May bank holiday' },
    { on: firstMonday(`${year}-06-01`), name: 'June bank holiday' },
    { on: firstMonday(`${year}-08-01`), name: 'August bank holiday' },
    { on: firstMonday(`${year}-10-25`), name: 'October bank holiday' },
    { on: `${year}-12-25`, name: 'Christmas Day' },
    { on: `${year}-12-26`, name: "St Stephen's Day" },
  ].sort((a, b) => (a.on < b.on ? -1 : 1));
}

function firstMonday(from: string): string {
  return addDays(from, (MONDAY - weekdayOf(from) + 7) % 7);
}

/** Gregorian Easter by the anonymous method (Nature, 20 April 1876). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(days / 31)).padStart(2, '0')}-${String((days % 31) + 1).padStart(2, '0')}`;
}

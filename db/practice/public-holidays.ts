import Holidays from 'date-holidays';
import type { Holiday } from './practice';

// For the server alone: the rules of all countries are two megabytes.

const KEPT = 20;
const kept = new Map<string, Holiday[]>();

/** The public holidays of a country in those years, in order and in English where there is a name; none it does not know. */
export function listPublicHolidays(country: string, years: number[]): Holiday[] {
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return [];
  known.init(country);
  const found = new Map<string, string>();
  for (const year of years) {
    for (const { date, name, type } of known.getHolidays(year, 'en') ?? []) {
      const on = date.slice(0, 10);
      if (type === 'public' && !found.has(on)) found.set(on, name);
    }
  }
  return [...found].map(([on, name]) => ({ on, name })).sort((a, b) => a.on.localeCompare(b.on));
}

/** Those to come after a local day, of its year and the next: what a practice may want to be closed on. */
export function listUpcomingPublicHolidays(country: string | undefined, today: string): Holiday[] {
  const year = Number(today.slice(0, 4));
  // They take long to find, and are asked for with each answer that is checked.
  const key = `${country} ${year}`;
  const found = kept.get(key) ?? listPublicHolidays(country ?? '', [year, year + 1]);
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, found);
  return found.filter(({ on }) => on > today);
}

import Holidays from 'date-holidays';
import type { Holiday } from './practice';

// Import this on the server only: the rules of all countries are two megabytes.

const CACHE_SIZE = 20;
const cache = new Map<string, Holiday[]>();

/**
 * The public holidays of a country in those years, in order, named in English where there is a translation; empty for a
 * country that the library does not know.
 */
export function listPublicHolidays(country: string, years: number[]): Holiday[] {
  const library = new Holidays();
  if (!Object.hasOwn(library.getCountries(), country)) return [];
  library.init(country);
  const found = new Map<string, string>();
  for (const year of years) {
    for (const { date, name, type } of library.getHolidays(year, 'en') ?? []) {
      const on = date.slice(0, 10);
      if (type === 'public' && !found.has(on)) found.set(on, name);
    }
  }
  return [...found].map(([on, name]) => ({ on, name })).sort((a, b) => a.on.localeCompare(b.on));
}

/** The upcoming holidays after a local day, in its year and the next: the days a practice may want to be closed. */
export function listUpcomingPublicHolidays(country: string | undefined, today: string): Holiday[] {
  const year = Number(today.slice(0, 4));
  // Cached: they are slow to compute, and every check of an answer asks for them.
  const key = `${country} ${year}`;
  const found = cache.get(key) ?? listPublicHolidays(country ?? '', [year, year + 1]);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, found);
  return found.filter(({ on }) => on > today);
}

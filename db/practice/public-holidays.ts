import Holidays from 'date-holidays';
import type { Holiday } from './practice';

// For the server alone: the rules of all countries are two megabytes.

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

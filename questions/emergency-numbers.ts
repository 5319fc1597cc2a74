import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { QUESTIONS_FOLDER } from './list-question-slugs';

// Which numbers does somebody near the practice call in an emergency, and whom can they talk to? Each country has a
// small file in `help/`. For a country without one no number is shown: a wrong number costs minutes.

const country = z.strictObject({
  country: z.string().min(1),
  /** Zones that belong to this country only. */
  timeZones: z.array(z.string()).min(1),
  emergency: z.array(z.string().regex(/^\d{2,6}$/)).min(1),
  /** Ways to reach a crisis line, each worded to follow "To talk to somebody, ". */
  talk: z.array(z.string()).min(1),
  sources: z.array(z.url()).min(1),
  checkedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type CountryHelp = z.infer<typeof country>;

let countryCache: CountryHelp[] | undefined;

export function listCountryHelp(): CountryHelp[] {
  const read = (name: string) =>
    country.parse(JSON.parse(readFileSync(path.join(QUESTIONS_FOLDER, 'help', name), 'utf8')));
  countryCache ??= readdirSync(path.join(QUESTIONS_FOLDER, 'help'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map(read);
  return countryCache;
}

/**
 * Finds a practice's country, or null where it has no file. The time zone decides, because it shows where the practice
 * is; the locale only shows how it writes, and many write as their neighbours do.
 */
export function findCountryHelp({ timeZone }: { timeZone: string }): CountryHelp | null {
  return listCountryHelp().find(({ timeZones }) => timeZones.includes(timeZone)) ?? null;
}

/** The heading above emergencies. */
export function formatEmergencyHeading(country: CountryHelp | null): string {
  return `Call ${country?.emergency.join(' or ') ?? 'your emergency number'}, or go to hospital, now`;
}

/** A sentence that says where to find somebody to talk to. */
export function formatCrisisLine(country: CountryHelp | null): string {
  return `To talk to somebody, ${country?.talk.join(', or ') ?? 'call a crisis line in your country'}.`;
}

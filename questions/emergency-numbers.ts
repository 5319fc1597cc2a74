import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { QUESTIONS_FOLDER } from './list-question-slugs';

// Which numbers does somebody near the practice call in an emergency, and who is there to talk to? One small file a
// country, in `help/`. A country that has none is told of no number: a wrong one costs minutes.

const country = z.strictObject({
  country: z.string().min(1),
  /** Zones of this country and of no other. */
  timeZones: z.array(z.string()).min(1),
  emergency: z.array(z.string().regex(/^\d{2,6}$/)).min(1),
  /** Ways to reach a crisis line, each as it follows "To talk to somebody, ". */
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
 * The country of a practice, or null where no file tells of it. By its time zone, which says where it is: its locale
 * says how it writes, and many write as their neighbours do.
 */
export function findCountryHelp({ timeZone }: { timeZone: string }): CountryHelp | null {
  return listCountryHelp().find(({ timeZones }) => timeZones.includes(timeZone)) ?? null;
}

/** The heading over what cannot wait. */
export function formatEmergencyHeading(country: CountryHelp | null): string {
  return `Call ${country?.emergency.join(' or ') ?? 'your emergency number'}, or go to hospital, now`;
}

/** Where to find somebody to talk to, as a sentence. */
export function formatCrisisLine(country: CountryHelp | null): string {
  return `To talk to somebody, ${country?.talk.join(', or ') ?? 'call a crisis line in your country'}.`;
}

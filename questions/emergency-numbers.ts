import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { folder } from './slugs';

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

export type Country = z.infer<typeof country>;

let countryCache: Country[] | undefined;

export function listCountries(): Country[] {
  const read = (name: string) => country.parse(JSON.parse(readFileSync(path.join(folder, 'help', name), 'utf8')));
  countryCache ??= readdirSync(path.join(folder, 'help'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map(read);
  return countryCache;
}

/**
 * The country of a practice, or null where no file tells of it. By its time zone, which says where it is: its locale
 * says how it writes, and many write as their neighbours do.
 */
export function countryOf({ timeZone }: { timeZone: string }): Country | null {
  return listCountries().find(({ timeZones }) => timeZones.includes(timeZone)) ?? null;
}

/** The heading over what cannot wait. */
export function sayEmergency(country: Country | null): string {
  return `Call ${country?.emergency.join(' or ') ?? 'your emergency number'}, or go to hospital, now`;
}

/** Where to find somebody to talk to, as a sentence. */
export function sayWhoListens(country: Country | null): string {
  return `To talk to somebody, ${country?.talk.join(', or ') ?? 'call a crisis line in your country'}.`;
}

import { asc } from 'drizzle-orm';
import type { ToldPractice } from '@/scheduling/tell';
import { nameZone } from '@/scheduling/zone';
import { type Db, reader } from './client';
import { keptUntilCommit } from './kept';
import { runPrepared } from './prepared';
import { holidays, practices } from './schema';

export type Practice = typeof practices.$inferSelect;

export interface Holiday {
  on: string;
  name: string;
}

/** The one practice of this database. */
export async function getPractice(db?: Db): Promise<Practice> {
  const from = db ?? (await reader());
  const [practice] = await keptUntilCommit(from, 'practice', () =>
    runPrepared(from, 'practice', (on) => on.select().from(practices).limit(1)),
  );
  if (!practice) throw new Error('This database has no practice yet: run "npm run setup".');
  // What an older version wrote may be in any letter case.
  return { ...practice, timeZone: nameZone(practice.timeZone) };
}

/** Days on which nobody works, earliest first. */
export async function listHolidays(): Promise<Holiday[]> {
  return (await reader()).select().from(holidays).orderBy(asc(holidays.on));
}

/** As its mail names it. */
export function toldPractice(practice: Practice): ToldPractice {
  const { name, address, phone, email, timeZone, currency, locale, isDemo } = practice;
  return { name, address, phone, email, timeZone, currency, locale, isDemo };
}

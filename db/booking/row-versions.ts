import { sql } from 'drizzle-orm';
import { appointments } from '@/db/schema';

/** What a change that a calendar must see does to the counters. */
export const raiseVersion = {
  sequence: sql`${appointments.sequence} + 1`,
  version: sql`${appointments.version} + 1`,
};

import { database } from './client';
import { isEmpty, seedDemo } from './seed';

/** Brings the database to this version's shape and, when it is empty, makes the demo practice (unless DEMO=0). */
export async function prepareDatabase(now = Date.now()): Promise<void> {
  await (await database()).migrate();
  if (process.env.DEMO !== '0' && (await isEmpty())) await seedDemo(now);
}

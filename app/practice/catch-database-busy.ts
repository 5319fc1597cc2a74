import { isDatabaseBusy } from '@/db/connection/database-busy';

/** What a change came to, or that the database could not be written to just now: then nothing happened. */
export async function catchDatabaseBusy<T>(change: () => Promise<T>): Promise<T | 'busy'> {
  try {
    return await change();
  } catch (error) {
    if (isDatabaseBusy(error)) return 'busy';
    throw error;
  }
}

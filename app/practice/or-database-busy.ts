import { isBusy } from '@/db/connection/database-busy';

/** What a change came to, or that the database could not be written to just now: then nothing happened. */
export async function orDatabaseBusy<T>(change: () => Promise<T>): Promise<T | 'busy'> {
  try {
    return await change();
  } catch (error) {
    if (isBusy(error)) return 'busy';
    throw error;
  }
}

import { isDatabaseBusy } from '@/db/connection/database-busy';

/** The result of a change, or that the database could not be written to just now: then nothing was changed. */
export async function catchDatabaseBusy<T>(change: () => Promise<T>): Promise<T | 'busy'> {
  try {
    return await change();
  } catch (error) {
    if (isDatabaseBusy(error)) return 'busy';
    throw error;
  }
}

import { isDatabaseBusy } from '@/db/connection/database-busy';
import { errorText, log } from '@/log';

/**
 * Runs `work`; if it fails, logs the error and returns undefined, so that the rest can go on. While the database is
 * busy the error is thrown.
 */
export async function continueOnError<T>(what: string, work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseBusy(error)) throw error;
    log('error', 'waitlist_passed_over', { what, error: errorText(error) });
    return undefined;
  }
}

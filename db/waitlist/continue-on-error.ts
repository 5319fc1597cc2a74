import { isDatabaseBusy } from '@/db/connection/database-busy';
import { errorText, log } from '@/log';

/**
 * One that fails is logged and passed over, and the rest goes on: gives undefined. While the database is busy nothing
 * goes on.
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

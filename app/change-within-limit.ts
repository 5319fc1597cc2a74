import { headers } from 'next/headers';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { catchDatabaseBusy } from './catch-database-busy';
import { getClientIp } from './client-ip';

/**
 * Makes a change for the holder of a link, and counts it against their limit. 'busy' says that nothing was
 * changed: they have reached the limit, or the database could not be written to just now.
 */
export function changeWithinLimit<T>(change: () => Promise<T>): Promise<T | 'busy'> {
  return catchDatabaseBusy(async () => {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    return allowed.ok ? change() : 'busy';
  });
}

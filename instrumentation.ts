import type { Instrumentation } from 'next';
import { log, saidBy } from '@/log';

// Next calls the first of these once, before the first request, and the second for whatever a page, a form or the
// proxy threw. The number that a broken page asks its reader to tell us is the digest.

export const onRequestError: Instrumentation.onRequestError = (error, { method }, { routePath, routeType }) => {
  // A number, so that it is not taken for a telephone's and masked.
  const digest = Number.parseInt((error as { digest?: string }).digest ?? '', 10) || null;
  // The route and not the address: a link's address is its key.
  log('error', 'request_failed', { method, path: routePath, during: routeType, digest, said: saidBy(error) });
};

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { prepareDatabase } = await import('@/db/start');
    await prepareDatabase();
    const { startOutboxWorker } = await import('@/app/outbox-worker');
    startOutboxWorker();
    const { startHourlyBackup } = await import('@/app/hourly-backup');
    startHourlyBackup();
  }
}

import type { Instrumentation } from 'next';
import { isBusy } from '@/db/connection/database-busy';
import { errorText, lineOf, log, logNowAndThen } from '@/log';
import { type Fault, processState } from '@/process-state';

// Next calls the first of these once, before the first request, and the second for whatever a page, a form or the
// proxy threw. The number that a broken page asks its reader to tell us is the digest.

export const onRequestError: Instrumentation.onRequestError = (
  error,
  { method, headers },
  { routePath, routeType },
) => {
  const status = statusOf(error, method);
  // A number, so that it is not taken for a telephone's and masked.
  const digest = Number.parseInt((error as { digest?: string }).digest ?? '', 10) || null;
  // Here Next tells of a fault; server/error-pages.ts answers it.
  processState.faults.set(String(headers['x-fortnight-request']), { status, digest });
  // The route and not the address: a link's address is its key.
  const where = { method, path: routePath, during: routeType };
  if (status === 400) log('warn', 'request_unreadable', where);
  else log('error', 'request_failed', { ...where, digest, said: errorText(error) });
};

/** 503 while the database is away or busy, 400 where a form could not be read, and 500 where the fault is ours. */
function statusOf(error: unknown, method: string): Fault['status'] {
  if (isBusy(error)) return 503;
  if (method !== 'POST' || !(error instanceof Error)) return 500;
  const [, innermost = ''] = fileOfFrame.exec(error.stack ?? '') ?? [];
  return error.name === 'Unreadable' || ofDecoder.test(innermost) ? 400 : 500;
}

// What Next or Node throws before a line of ours has run: a form that is cut off, no JSON, half of what it names.
const ofDecoder = /\/next\/dist\/compiled\/|^node:internal\/deps\/undici/;
const fileOfFrame =
  /^ +at (?:async )?(?:[^(\n]*\()?((?:\/|file:|[A-Z]:|node:internal\/deps\/)[^()\n]*)(?::\d+){2}\)?$/m;

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    processState.log = logNowAndThen;
    if (process.env.NODE_ENV === 'production') logWhatOthersPrint();
    const { prepareDatabase } = await import('@/db/operations/start');
    await prepareDatabase();
    const { startOutboxWorker } = await import('@/workers/outbox-worker');
    startOutboxWorker();
    const { startHourlyBackup } = await import('@/workers/hourly-backup');
    startHourlyBackup();
    const { startDailyCleanup } = await import('@/workers/daily-cleanup');
    startDailyCleanup();
  }
}

/** What Next and the libraries print of faults becomes a line of the log, masked as every other. */
export function logWhatOthersPrint(target: Pick<Console, 'error' | 'warn'> = console): void {
  for (const [method, level] of [
    ['error', 'error'],
    ['warn', 'warn'],
  ] as const) {
    const print = target[method].bind(target);
    target[method] = (...words: unknown[]) => {
      const [line] = words;
      if (words.length === 1 && typeof line === 'string' && line.startsWith('{"at":')) return print(line);
      const said = words.map((word) => (word instanceof Error ? errorText(word) : String(word))).join(' ');
      print(lineOf(level, 'printed', { said: said.trim() }, Date.now()));
    };
  }
}

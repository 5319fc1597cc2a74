import { stripVTControlCharacters } from 'node:util';
import type { Instrumentation } from 'next';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { errorText, formatLogLine, log, logThrottled } from '@/log';
import { type ErrorPageDetails, processState } from '@/process-state';

// Next calls the first of these once, before the first request, and the second for whatever a page, a form or the
// proxy threw. The number that a broken page asks its reader to tell us is the digest.

export const onRequestError: Instrumentation.onRequestError = (
  error,
  { method, headers },
  { routePath, routeType },
) => {
  const isForm = method === 'POST' && (routeType === 'action' || routeType === 'render');
  const status = statusOf(error, isForm && processState.request.getStore()?.isFormRead === false);
  // A number, so that it is not taken for a telephone's and masked.
  const digest = Number.parseInt((error as { digest?: string }).digest ?? '', 10) || null;
  // Here Next tells of a fault; server/error-pages.ts answers it.
  processState.faults.set(String(headers['x-fortnight-request']), { status, digest });
  // The route and not the address: a link's address is its key.
  const where = { method, path: routePath, during: routeType };
  if (status === 400) log('warn', 'request_unreadable', where);
  else log('error', 'request_failed', { ...where, digest, error: errorText(error) });
};

/**
 * 503 while the database is away or busy, 400 where a form could not be read, and 500 where the fault is ours. A page
 * takes nothing but forms, and what breaks before an action of ours has one is Next's reading of it: it is cut off, no
 * JSON, or half of what it names.
 */
function statusOf(error: unknown, isUnreadForm: boolean): ErrorPageDetails['status'] {
  if (isDatabaseBusy(error)) return 503;
  return isUnreadForm || (error instanceof Error && error.name === 'Unreadable') ? 400 : 500;
}

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    processState.log = logThrottled;
    if (process.env.NODE_ENV === 'production') redirectConsoleToLog();
    const { prepareDatabase } = await import('@/db/operations/prepare-database');
    await prepareDatabase();
    const { startOutboxWorker } = await import('@/workers/outbox-worker');
    startOutboxWorker();
    const { startHourlyBackup } = await import('@/workers/hourly-backup');
    startHourlyBackup();
    const { startDailyCleanup } = await import('@/workers/daily-cleanup');
    startDailyCleanup();
    const { startDataKeyReader } = await import('@/workers/data-key-reader');
    startDataKeyReader();
    const { startScoreEmailWorker } = await import('@/workers/score-email-worker');
    startScoreEmailWorker();
    const { startReminderWorker } = await import('@/workers/reminder-worker');
    startReminderWorker();
    const { startWaitlistWorker } = await import('@/workers/waitlist-worker');
    startWaitlistWorker();
    const { startCalendarImportWorker } = await import('@/workers/calendar-import-worker');
    startCalendarImportWorker();
    const { startPageVisitCounter } = await import('@/workers/page-visit-counter');
    startPageVisitCounter();
  }
}

type PrintingConsole = Pick<Console, 'error' | 'warn' | 'info' | 'log'>;

/**
 * What Next and the libraries print becomes a line of the log, masked as every other, on standard error as all of it.
 * What is meant for whoever started the server is written to standard output past this.
 */
export function redirectConsoleToLog(target: PrintingConsole = console): void {
  const print = target.error.bind(target);
  for (const [method, level] of [
    ['error', 'error'],
    ['warn', 'warn'],
    ['info', 'info'],
    ['log', 'info'],
  ] as const) {
    target[method] = (...words: unknown[]) => {
      const [line] = words;
      if (words.length === 1 && typeof line === 'string' && line.startsWith('{"at":')) return print(line);
      const text = words.map((word) => (word instanceof Error ? errorText(word) : String(word))).join(' ');
      // An empty line is there to look at: it says nothing.
      const plain = stripVTControlCharacters(text).trim();
      if (plain !== '') print(formatLogLine(level, 'printed', { message: plain }, Date.now()));
    };
  }
}

import { stripVTControlCharacters } from 'node:util';
import type { Instrumentation } from 'next';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { errorText, formatLogLine, log, logThrottled } from '@/log';
import { type ErrorPageDetails, processState } from '@/process-state';

// Next calls `register` once, before the first request, and `onRequestError` for every error that a page, a form or the
// proxy threw. The digest is the number that a broken page asks its reader to tell us.

export const onRequestError: Instrumentation.onRequestError = (
  error,
  { method, headers },
  { routePath, routeType },
) => {
  const isForm = method === 'POST' && (routeType === 'action' || routeType === 'render');
  const status = statusOf(error, isForm && processState.request.getStore()?.isFormRead === false);
  // Logged as a number: digits in a string would be masked like a phone number.
  const digest = Number.parseInt((error as { digest?: string }).digest ?? '', 10) || null;
  // Next reports an error here; server/error-pages.ts answers the request.
  processState.faults.set(String(headers['x-fortnight-request']), { status, digest });
  // The route and not the address: the address of a link contains its key.
  const where = { method, path: routePath, during: routeType };
  if (status === 400) log('warn', 'request_unreadable', where);
  else if (status === 401) logThrottled('info', 'form_without_session', where);
  else log('error', 'request_failed', { ...where, digest, error: errorText(error) });
};

/**
 * 503 while the database is away or busy, 401 where a form was sent after its sender's session had ended, 400 where a
 * form could not be read, and 500 where the fault is ours. A page accepts nothing but forms. If something breaks before
 * one of our actions has read the form, Next failed to parse it: it is cut off, is not JSON, or lacks a part that it
 * refers to.
 */
function statusOf(error: unknown, isUnreadForm: boolean): ErrorPageDetails['status'] {
  if (isDatabaseBusy(error)) return 503;
  if (error instanceof Error && error.name === 'SignedOut') return 401;
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
 * Turns what Next and libraries print into log lines on standard error, masked like all others. Messages for the person
 * who started the server bypass this and go to standard output.
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
      // An empty line is only there for spacing.
      const plain = stripVTControlCharacters(text).trim();
      if (plain !== '') print(formatLogLine(level, 'printed', { message: plain }, Date.now()));
    };
  }
}

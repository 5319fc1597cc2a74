import { spawn } from 'node:child_process';
import process from 'node:process';
import {
  type CalendarImportOutcome,
  type DueCalendarImport,
  findOurAppointmentUids,
  leaseDueCalendarImports,
  storeCalendarImportOutcome,
} from '@/db/calendars/import-busy-times';
import type { BusyTimes } from '@/db/calendars/parse-busy-times';
import { errorText, log } from '@/log';
import { processState } from '@/process-state';
import { type FetchOptions, fetchCalendar } from './fetch-calendar';

// Reads therapists' own calendars, each every ten minutes: nobody may book a therapist during their busy times. Every
// server looks for due imports; each is leased to one of them.

const FIRST_LOOK_MS = 20_000;
const LOOK_EVERY_MS = 30_000;
const READ_WITHIN_MS = 15_000;
/** The UIDs that our own events have. */
const OUR_UID = /^UID:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\r?$)/gm;

export function startCalendarImportWorker(firstLookMs = FIRST_LOOK_MS, everyMs = LOOK_EVERY_MS): void {
  processState.calendarImport ??= setTimeout(function look() {
    importDueCalendars(Date.now())
      .catch((error) => log('error', 'calendar_import_failed', { error: errorText(error) }))
      .finally(() => {
        processState.calendarImport = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

/** One at a time: each starts a process of its own, and none is urgent. */
export async function importDueCalendars(now: number, isAllowed?: FetchOptions['isAllowed']): Promise<void> {
  for (const due of await leaseDueCalendarImports({ now })) {
    try {
      const outcome = await readCalendar(due, isAllowed);
      if (outcome.kind === 'failed') log('warn', 'calendar_not_read', { why: outcome.problem });
      await storeCalendarImportOutcome(due.id, outcome, { now });
    } catch (error) {
      log('error', 'calendar_import_failed', { error: errorText(error) });
    }
  }
}

async function readCalendar(
  due: DueCalendarImport,
  isAllowed: FetchOptions['isAllowed'],
): Promise<CalendarImportOutcome> {
  if (due.address === null) return { kind: 'failed', problem: 'locked' };
  const found = await fetchCalendar(due.address, { etag: due.etag, ...(isAllowed && { isAllowed }) });
  if (found.kind !== 'read') return found;
  // An invitation of ours that the calendar accepted is our own appointment, not a separate busy time.
  const own = await findOurAppointmentUids([...new Set(found.text.match(OUR_UID) ?? [])].map((line) => line.slice(4)));
  const times = await readInAnotherProcess(found.text, own, due);
  return times.ok ? { kind: 'read', busy: times.busy, etag: found.etag } : { kind: 'failed', problem: times.reason };
}

/**
 * Parses in a separate process, which is killed if it takes too long or too much memory: a stranger's file must not
 * block this one.
 */
function readInAnotherProcess(
  text: string,
  own: string[],
  { start, end, timeZone }: DueCalendarImport,
): Promise<BusyTimes> {
  const script = ['--max-old-space-size=512', '--import', 'tsx', 'scripts/parse-imported-calendar.mjs'];
  const child = spawn(process.execPath, [...script, String(start), String(end), timeZone], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // The process that parses a stranger's file gets no secret of ours.
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    timeout: READ_WITHIN_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {}); // it may end before it has read all its input
  child.stdin.end(`${JSON.stringify(own)}\n${text}`);
  let lastError = '';
  child.stdout.on('data', (piece) => {
    lastError += piece;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? JSON.parse(lastError) : { ok: false, reason: 'too_much' }));
  });
}

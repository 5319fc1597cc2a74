import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { processState } from '@/process-state';
import { startCalendarImportWorker } from './calendar-import-worker';
import { startDailyCleanup } from './daily-cleanup';
import { startHourlyBackup } from './hourly-backup';
import { startOutboxWorker } from './outbox-worker';
import { startPageVisitCounter } from './page-visit-counter';
import { startReminderWorker } from './reminder-worker';
import { startScoreEmailWorker } from './score-email-worker';
import { startWaitlistWorker } from './waitlist-worker';

const database = setUpTestDatabase({ now: NOW });
const LATER = 3_600_000;

/** The workers that poll: each stores its next timer in process state. A changed timer means that one poll is over. */
const looking = {
  startReminderWorker: { start: startReminderWorker, timer: 'reminders' },
  startScoreEmailWorker: { start: startScoreEmailWorker, timer: 'scoreAsks' },
  startWaitlistWorker: { start: startWaitlistWorker, timer: 'waitlistWorker' },
  startDailyCleanup: { start: startDailyCleanup, timer: 'dailyCleanup' },
  startCalendarImportWorker: { start: startCalendarImportWorker, timer: 'calendarImport' },
} as const;

beforeEach(() => database.write(deleteAllRows));

let printed: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  printed = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => printed.mockRestore());

describe.each(['', 'smtp://127.0.0.1:9'])('before there is a practice, with the mail server "%s"', (url) => {
  beforeEach(() => vi.stubEnv('SMTP_URL', url));

  it.each(Object.entries(looking))('%s finds nothing to do, and logs nothing', async (_name, { start, timer }) => {
    clearTimeout(processState[timer]);
    processState[timer] = undefined;
    start(0, LATER);
    const first = processState[timer];
    await vi.waitFor(() => expect(processState[timer]).not.toBe(first));
    clearTimeout(processState[timer]);
    processState[timer] = undefined;
    expect(printed.mock.calls).toEqual([]);
  });

  it('the workers without a timer of their own also do nothing and log nothing', async () => {
    startHourlyBackup();
    const outbox = startOutboxWorker();
    if (url) await vi.waitFor(() => expect(processState.outboxPolledAt).toBeDefined());
    await outbox.stop();
    processState.outboxWorker = undefined;
    processState.outboxPolledAt = undefined;
    const counter = startPageVisitCounter(0);
    counter.add('sciatica', 'read');
    await counter.stop();
    expect(printed.mock.calls).toEqual([]);
  });
});

it('tests every worker that a server starts', () => {
  const started = [...readFileSync('instrumentation.ts', 'utf8').matchAll(/\b(start\w+)\(\)/g)].map(([, name]) => name);
  // The data key reader needs no practice: every database test starts with its work.
  const others = ['startDataKeyReader', 'startHourlyBackup', 'startOutboxWorker', 'startPageVisitCounter'];
  expect(started.sort()).toEqual([...Object.keys(looking), ...others].sort());
});

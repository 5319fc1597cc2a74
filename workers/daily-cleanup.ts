import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { errorText, log } from '@/log';
import { processState } from '@/process-state';

// Deletes rows whose retention has ended, once a day. Every server does it: running it twice does no harm.

const FIRST_LOOK_MS = 120_000;
const DAY_MS = 24 * 3_600_000;

export function startDailyCleanup(firstLookMs = FIRST_LOOK_MS, everyMs = DAY_MS): void {
  processState.dailyCleanup ??= setTimeout(function look() {
    deleteExpiredRows(Date.now())
      .catch((error) => log('error', 'forgetting_failed', { error: errorText(error) }))
      .finally(() => {
        processState.dailyCleanup = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

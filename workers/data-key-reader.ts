import { DATA_KEYS_READ_MS, loadDataKeys } from '@/db/connection/data-keys';
import { getConnection } from '@/db/connection/database-client';
import { errorText, logThrottled } from '@/log';
import { processState } from '@/process-state';

/** Rereads the data keys at intervals, because `npm run rotate-care-key` may change them from another process. */
export function startDataKeyReader(everyMs = DATA_KEYS_READ_MS): void {
  processState.dataKeyReader ??= setInterval(() => {
    getConnection()
      .then(loadDataKeys)
      .catch((error) => logThrottled('warn', 'data_keys_unread', { error: errorText(error) }));
  }, everyMs).unref();
}

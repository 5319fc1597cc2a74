import { database } from '@/db/connection/client';
import { DATA_KEYS_READ_MS, loadDataKeys } from '@/db/connection/data-keys';
import { errorText, logNowAndThen } from '@/log';
import { processState } from '@/process-state';

/** Reads the data keys again and again: `npm run rotate-care-key` may be changing them in another process. */
export function startDataKeyReader(everyMs = DATA_KEYS_READ_MS): void {
  processState.dataKeyReader ??= setInterval(() => {
    database()
      .then(loadDataKeys)
      .catch((error) => logNowAndThen('warn', 'data_keys_unread', { said: errorText(error) }));
  }, everyMs).unref();
}

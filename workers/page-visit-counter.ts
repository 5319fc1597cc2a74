import { addVisitCounts, type PageVisitCounts } from '@/db/questions/question-page-counts';
import { errorText, logThrottled } from '@/log';
import { type PageVisitCounter, processState } from '@/process-state';
import { runIfSetUp } from './run-if-set-up';

// A page served from memory must not wait for a write, nor cause one each time: the visits of a short time are written
// together.

const WAIT_MS = 250;

export function startPageVisitCounter(waitMs = WAIT_MS): PageVisitCounter {
  processState.visitCounter ??= openVisitCounter(waitMs);
  return processState.visitCounter;
}

function openVisitCounter(waitMs: number): PageVisitCounter {
  let waiting = new Map<string, PageVisitCounts>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const visits = [...waiting.values()];
    waiting = new Map();
    if (visits.length > 0) {
      // Visits that could not be written are dropped: a total that is a little low does no harm.
      writing = writing
        .then(() => runIfSetUp(() => addVisitCounts(visits, Date.now())))
        .catch((error) => logThrottled('warn', 'visits_not_counted', { error: errorText(error) }));
    }
    return writing;
  }

  return {
    add(slug, kind) {
      const key = `${kind} ${slug}`;
      waiting.set(key, { slug, kind, times: (waiting.get(key)?.times ?? 0) + 1 });
      timer ??= setTimeout(write, waitMs).unref();
    },
    async stop() {
      processState.visitCounter = undefined;
      await write();
    },
  };
}

import { queueScoreEmails } from '@/db/care/queue-score-emails';
import { errorText, log } from '@/log';
import { processState } from '@/process-state';

// Asks clients by e-mail for their scores when they are due. Every server looks for them; each e-mail is written once.

const FIRST_LOOK_MS = 60_000;
const EVERY_MS = 5 * 60_000;

export function startScoreEmailWorker(firstLookMs = FIRST_LOOK_MS, everyMs = EVERY_MS): void {
  processState.scoreAsks ??= setTimeout(function look() {
    queueScoreEmails({ now: Date.now() })
      .catch((error) => log('error', 'score_asks_failed', { error: errorText(error) }))
      .finally(() => {
        processState.scoreAsks = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

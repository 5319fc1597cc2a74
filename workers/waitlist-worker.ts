import { randomUUID } from 'node:crypto';
import { isHeldBackFrom } from '@/db/care/held-back';
import { offerFreedTime } from '@/db/waitlist/offer-freed-time';
import { errorText, log } from '@/log';
import { processState } from '@/process-state';

// Offers time that was freed to those who wait for it. Every server looks for itself: what is due is leased by one.

const FIRST_LOOK_MS = 5_000;
const EVERY_MS = 10_000;

export function startWaitlistWorker(firstLookMs = FIRST_LOOK_MS, everyMs = EVERY_MS): void {
  const workerId = randomUUID();
  processState.waitlistWorker ??= setTimeout(function look() {
    offerFreedTime(workerId, Date.now(), isHeldBackFrom)
      .catch((error) => log('error', 'waitlist_failed', { said: errorText(error) }))
      .finally(() => {
        processState.waitlistWorker = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

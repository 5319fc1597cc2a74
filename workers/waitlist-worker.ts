import { randomUUID } from 'node:crypto';
import { isMassageWithheldFrom } from '@/db/care/withheld-massages';
import { endExpiredOffersAndEntries, offerFreedTime } from '@/db/waitlist/offer-freed-time';
import { recordFreedByRuleChange } from '@/db/waitlist/record-freed-by-rule-change';
import { errorText, log } from '@/log';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { processState } from '@/process-state';
import { runIfSetUp } from './run-if-set-up';

// Offers freed time to clients on the waiting list. Every server looks for due work; each piece is leased to one
// server. Without SMTP_URL clients would not hear of an offer, so offers are only made by hand, and the waiting list
// says so.

const FIRST_LOOK_MS = 5_000;
const EVERY_MS = 10_000;

export function startWaitlistWorker(firstLookMs = FIRST_LOOK_MS, everyMs = EVERY_MS): void {
  const work = createWaitlistRun();
  processState.waitlistWorker ??= setTimeout(function look() {
    runIfSetUp(() => work(Date.now()))
      .catch((error) => log('error', 'waitlist_failed', { error: errorText(error) }))
      .finally(() => {
        processState.waitlistWorker = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

/** The work of each poll. */
export function createWaitlistRun(workerId: string = randomUUID()): (now: number) => Promise<void> {
  let rules: string | undefined;
  return async (now) => {
    if (!isMailEnabled()) return endExpiredOffersAndEntries(now);
    rules = await recordFreedByRuleChange(rules, now);
    await offerFreedTime(workerId, now, (who) => isMassageWithheldFrom(who, { now }));
  };
}

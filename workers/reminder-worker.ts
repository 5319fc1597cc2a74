import { queueFollowUpEmails } from '@/db/booking/follow-up-emails';
import { endUnneededRebookingHolds } from '@/db/booking/rebooking-holds';
import { isMassageWithheldFrom } from '@/db/care/withheld-massages';
import { queueReminders } from '@/db/messages/queue-reminders';
import { errorText, log } from '@/log';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { processState } from '@/process-state';
import { runIfSetUp } from './run-if-set-up';

// Puts due reminders and follow-up e-mails into the outbox. Every server looks for them; each is written once.

const FIRST_LOOK_MS = 5_000;
const EVERY_MS = 60_000;
const WHOLE_EVERY_MS = 60 * EVERY_MS;

export function startReminderWorker(firstLookMs = FIRST_LOOK_MS, everyMs = EVERY_MS): void {
  let wholeAt = Number.NEGATIVE_INFINITY;
  processState.reminders ??= setTimeout(function look() {
    const now = Date.now();
    const isWhole = Math.abs(now - wholeAt) >= WHOLE_EVERY_MS;
    runIfSetUp(async () => {
      await queueReminders({ now, isWhole });
      if (isWhole) wholeAt = now;
      await writeFollowUpsAndEndHolds(now);
    })
      .catch((error) => log('error', 'reminders_failed', { error: errorText(error) }))
      .finally(() => {
        processState.reminders = setTimeout(look, everyMs).unref();
      });
  }, firstLookMs).unref();
}

/** Writes the follow-up e-mails, and ends holds that are for nobody any more. */
export async function writeFollowUpsAndEndHolds(now: number): Promise<void> {
  await queueFollowUpEmails({
    now,
    mayHold: async (what) => isMailEnabled() && !(await isMassageWithheldFrom(what, { now })),
  });
  await endUnneededRebookingHolds({ now });
}

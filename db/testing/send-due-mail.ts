import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { renderMessage } from '@/mail/render-message';

export interface SentTestMail {
  to: string;
  subject: string;
  text: string;
}

/**
 * Sends what is due at `now`, as a worker with a reachable mail server does, and returns the e-mails with their text.
 */
export async function sendDueMail(now: number): Promise<SentTestMail[]> {
  const sent: SentTestMail[] = [];
  for (;;) {
    const due = await leaseDueMessages('w', now, 50);
    if (due.length === 0) return sent;
    for (const { id } of due) {
      const prepared = await prepareMailFacts(id, 'w', now);
      if (!prepared) continue;
      const { subject, text } = renderMessage(prepared.notification, {}, now);
      sent.push({ to: prepared.toEmail, subject, text });
      await markSent(id, 'w', now);
    }
  }
}

/** Only the e-mails to clients of tests, not to the demo's own people. */
export const filterMailToTestClients = (sent: SentTestMail[]) => sent.filter(({ to }) => to.endsWith('@example.org'));

import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { renderMessage } from '@/mail/render-message';

export interface SentTestMail {
  to: string;
  subject: string;
  text: string;
}

/** What goes out by `now`, with its words, as a worker that reaches its mail server sends it. */
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

/** Of those the ones to clients of tests, and not to the demo's own people. */
export const filterMailToTestClients = (sent: SentTestMail[]) => sent.filter(({ to }) => to.endsWith('@example.org'));

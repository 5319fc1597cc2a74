import { randomUUID } from 'node:crypto';
import { type MailTrouble, mailTroubleOf } from './failure-words';
import { htmlOf, textOf } from './layout';
import { send } from './transport';

/** Sends one short e-mail past the outbox: what is wanted is the mail server's answer, now. `said` is for the log alone. */
export async function sendTrialMail(
  url: string,
  { name, from, replyTo, to }: { name: string; from: string; replyTo: string | undefined; to: string },
): Promise<{ ok: true } | { ok: false; trouble: MailTrouble; said: string }> {
  const content = {
    subject: `A test e-mail of ${name}`,
    parts: [{ say: 'This e-mail was sent from the settings of your booking site. When you read it, sending works.' }],
  };
  const envelope = {
    messageId: `<${randomUUID()}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    to,
    from: { name, address: from },
    ...(replyTo && { replyTo }),
  };
  const sent = await send(url, envelope, {
    ...content,
    text: textOf(content),
    html: htmlOf(content, { name }),
    calendars: [],
  });
  return sent.ok ? { ok: true } : { ok: false, trouble: mailTroubleOf(sent.error), said: sent.error };
}

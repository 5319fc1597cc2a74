import { randomUUID } from 'node:crypto';
import type { MailLanguage } from '@/scheduling/mail-language';
import { classifyMailFailure, type MailFailureKind } from './failure-kinds';
import { renderAsHtml, renderAsText } from './layout';
import { sendEmail } from './transport';
import { getMailWords } from './words/words-of';

interface TestMail {
  name: string;
  from: string;
  replyTo: string | undefined;
  to: string;
  language?: MailLanguage;
}

/** Sends one short e-mail without the outbox, to get the mail server's answer at once. `said` is for the log only. */
export async function sendTestMail(
  url: string,
  { name, from, replyTo, to, language = 'en' }: TestMail,
): Promise<{ ok: true } | { ok: false; trouble: MailFailureKind; serverReply: string }> {
  const words = getMailWords({ language }).test;
  const content = { subject: words.subject(name), parts: [{ text: words.works }] };
  const envelope = {
    messageId: `<${randomUUID()}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    to,
    from: { name, address: from },
    ...(replyTo && { replyTo }),
  };
  const sent = await sendEmail(url, envelope, {
    ...content,
    text: renderAsText(content),
    html: renderAsHtml(content, { name, language }),
    calendars: [],
  });
  return sent.ok ? { ok: true } : { ok: false, trouble: classifyMailFailure(sent.error), serverReply: sent.error };
}

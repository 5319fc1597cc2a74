import { randomUUID } from 'node:crypto';
import { recordOutboxPoll } from '@/counters';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { type PreparedMailFacts, prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { type LeasedMessage, leaseDueMessages, markFailed, markSent } from '@/db/messages/outbox-delivery';
import { getMailedMark } from '@/db/practice/pictures';
import { errorText, log } from '@/log';
import { reminderTextBody } from '@/mail/reminder-text-message';
import { renderMessage } from '@/mail/render-message';
import { sendText, type TextOutcome } from '@/mail/text-transport';
import { sendEmail } from '@/mail/transport';
import { processState } from '@/process-state';
import { readTextGateway, textReportUrl } from '@/text-gateway-settings';
import { makeLinksWithFreeTimes, makeMessageLinks } from './message-links';

// Sends the messages in the outbox, apart from every request: a mail server that is slow, broken or down for a day
// delays no booking. Without SMTP_URL no mail is taken from the outbox, and the practice's mailbox says so. Texts go
// through a gateway of their own.

const BATCH = 8;
const POLL_MS = 1_000;
const AFTER_A_FAULT_MS = 10_000;

export interface OutboxWorker {
  /** Takes no more messages, and waits for those being sent. */
  stop(): Promise<void>;
}

/** One worker per process, however often this is called. */
export function startOutboxWorker(): OutboxWorker {
  processState.outboxWorker ??= start();
  return processState.outboxWorker;
}

function start(): OutboxWorker {
  const url = process.env.SMTP_URL ?? '';
  const sendsTexts = readTextGateway() !== null;
  // Separate loops, so that a slow text gateway delays no e-mail. Without a gateway, waiting texts are dropped.
  const loops = [
    ...(url ? [startLoop(url, sendsTexts ? 'mail' : 'all')] : []),
    ...(sendsTexts ? [startLoop(url, 'texts')] : []),
  ];
  const stop = async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
  };
  if (loops.length > 0) process.once('SIGTERM', stop).once('SIGINT', stop);
  return { stop };
}

type Kinds = 'texts' | 'mail' | 'all';

function startLoop(url: string, only: Kinds): OutboxWorker {
  const workerId = randomUUID();
  let isStopping = false;
  let wake = () => {};
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, ms).unref();
    });

  const running = (async () => {
    while (!isStopping) {
      const pause = await sendDueMessages(url, workerId, Date.now, only).then(
        (claimed) => {
          // Where there is a mail server, only the mail loop is monitored.
          if (only !== 'texts' || !url) recordOutboxPoll(Date.now());
          return claimed === BATCH ? 0 : POLL_MS;
        },
        (error) => {
          log('error', 'outbox_unreadable', { error: errorText(error) });
          return AFTER_A_FAULT_MS;
        },
      );
      if (!isStopping) await rest(pause);
    }
  })();
  return {
    stop: () => {
      isStopping = true;
      wake();
      return running;
    },
  };
}

/**
 * Sends what is due now, and returns the number of messages. Without the `url` of a mail server it sends only texts.
 */
export async function sendDueMessages(
  url: string,
  workerId: string,
  clock = Date.now,
  only: Kinds = url ? 'all' : 'texts',
): Promise<number> {
  const due = await leaseDueMessages(workerId, clock(), BATCH, only);
  await Promise.all(due.map((mail) => deliver(url, workerId, mail, clock)));
  return due.length;
}

async function deliver(url: string, workerId: string, mail: LeasedMessage, clock: () => number): Promise<void> {
  const outcome = await attempt(url, workerId, mail, clock);
  if (!outcome) return;
  if (outcome.ok) return markSent(mail.id, workerId, clock());
  log('error', 'mail_not_sent', { mail: mail.id, attempt: mail.attempts + 1, error: outcome.error });
  await markFailed(mail.id, workerId, outcome, clock());
}

/** Null when there was nothing to send. */
async function attempt(
  url: string,
  workerId: string,
  { id }: LeasedMessage,
  clock: () => number,
): Promise<TextOutcome | null> {
  try {
    const prepared = await prepareMailFacts(id, workerId, clock());
    return prepared && (await handOver(url, id, prepared, clock()));
  } catch (error) {
    if (isDatabaseBusy(error)) throw error;
    // A message that cannot be built must not stop the others.
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, error: words, isFinal: false, isOurs: false, mayHaveArrived: true };
  }
}

async function handOver(
  url: string,
  id: string,
  { notification, toEmail, messageId }: PreparedMailFacts,
  now: number,
): Promise<TextOutcome> {
  const practice = notification.practice;
  if (notification.kind === 'reminder_text') {
    const gateway = readTextGateway();
    if (!gateway) throw new Error('Text messages are not set up.');
    const body = reminderTextBody(notification, await makeMessageLinks(notification, toEmail));
    const from = { name: '', address: practice.mailFrom ?? practice.email };
    const text = { id, to: toEmail, body, reportUrl: textReportUrl({ id, triedAt: now }) };
    return sendText(gateway, text, { smtpUrl: url, messageId, from });
  }
  const mark = await getMailedMark();
  const marked = mark ? { ...notification, practice: { ...practice, mark } } : notification;
  const message = renderMessage(marked, await makeLinksWithFreeTimes(notification, toEmail, now), now, toEmail);
  const { name, email, mailFrom = email, mailReplyTo: replyTo } = practice;
  const from = { name, address: mailFrom };
  return sendEmail(url, { messageId, to: toEmail, from, ...(replyTo && { replyTo }) }, message);
}

import { randomUUID } from 'node:crypto';
import { markOutboxLook } from '@/counters';
import { isStillTrue, leaseDue, type MailToSend, markDropped, markFailed, markSent } from '@/db/outbox';
import { log, saidBy } from '@/log';
import { messageOf } from '@/mail/message';
import { type Outcome, send } from '@/mail/transport';
import type { Telling } from '@/scheduling/tell';
import { linksOf } from './mail-links';

// Sends what the outbox holds, apart from every request: a mail server that is slow, broken or away for a day
// holds up no booking. Without SMTP_URL nothing is taken from the outbox, and the practice's mailbox says so.

const BATCH = 8;
const POLL_MS = 1_000;
const AFTER_A_FAULT_MS = 10_000;

export interface OutboxWorker {
  /** Takes nothing more, and waits for what is being sent. */
  stop(): Promise<void>;
}

const shared = globalThis as typeof globalThis & { fortnightOutboxWorker?: OutboxWorker };

/** One a process, however often it is asked for. */
export function startOutboxWorker(): OutboxWorker {
  shared.fortnightOutboxWorker ??= start();
  return shared.fortnightOutboxWorker;
}

function start(): OutboxWorker {
  const url = process.env.SMTP_URL;
  if (!url) return { stop: async () => {} };
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
      const pause = await sendDue(url, workerId).then(
        (taken) => {
          markOutboxLook(Date.now());
          return taken === BATCH ? 0 : POLL_MS;
        },
        (error) => {
          log('error', 'outbox_unreadable', { said: saidBy(error) });
          return AFTER_A_FAULT_MS;
        },
      );
      if (!isStopping) await rest(pause);
    }
  })();
  const stop = () => {
    isStopping = true;
    wake();
    return running;
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  return { stop };
}

/** Sends what is due now, and says how many there were. */
export async function sendDue(url: string, workerId: string, clock = Date.now): Promise<number> {
  const due = await leaseDue(workerId, clock(), BATCH);
  await Promise.all(due.map((mail) => deliver(url, workerId, mail, clock)));
  return due.length;
}

async function deliver(url: string, workerId: string, mail: MailToSend, clock: () => number): Promise<void> {
  if (isPast(mail.telling, clock()) || !(await isStillTrue(mail))) return markDropped(mail.id, workerId, clock());
  const outcome = await attempt(url, mail, clock());
  if (outcome.ok) return markSent(mail.id, workerId, clock());
  log('error', 'mail_not_sent', { mail: mail.id, attempt: mail.attempts + 1, said: outcome.error });
  await markFailed(mail.id, workerId, outcome, clock());
}

async function attempt(url: string, mail: MailToSend, now: number): Promise<Outcome> {
  const { telling, toEmail, messageId } = mail;
  try {
    const message = messageOf(telling, linksOf(telling, toEmail), now);
    const from = { name: telling.practice.name, address: telling.practice.email };
    return await send(url, { messageId, to: toEmail, from }, message);
  } catch (error) {
    // A message that cannot be made stops none of the others.
    return { ok: false, error: error instanceof Error ? error.message : String(error), isFinal: false };
  }
}

/** Mail that waited so long, for a server or for somebody to set one, that it would only confuse. */
function isPast(telling: Telling, now: number): boolean {
  if (telling.kind === 'sign_in') return telling.expiresAt <= now;
  if (telling.kind === 'request')
    return telling.until <= now && telling.state !== 'declined' && telling.state !== 'taken';
  if (telling.kind === 'freed') return telling.start <= now;
  if (telling.kind === 'manage_links' || telling.kind === 'answered') return false;
  return telling.series.appointments.every((one) => one.end <= now);
}

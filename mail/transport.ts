import { createTransport, type Transporter } from 'nodemailer';
import { sanitizeLine } from './layout';
import type { RenderedMessage } from './render-message';

export interface Envelope {
  /** The same at every attempt, so that a mail sent twice is one mail to the reader's program. */
  messageId: string;
  to: string;
  from: { name: string; address: string };
  replyTo?: string;
}

/**
 * `isFinal`: this address will never take it, so nobody should try again by themselves. `isOurs`: the mail server refuses
 * who we are, and the practice has to fix that. `mayHaveArrived`: nobody said that it was not taken.
 */
export type MailSendOutcome =
  | { ok: true }
  | { ok: false; error: string; isFinal: boolean; isOurs: boolean; mayHaveArrived: boolean };

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const WHOLE_MS = 60_000;

/** Hands one message to the mail server of `SMTP_URL`. It never waits for ever, and never throws. */
export async function sendEmail(url: string, envelope: Envelope, message: RenderedMessage): Promise<MailSendOutcome> {
  if (!isOneAddress(envelope.to)) {
    return { ok: false, error: 'This is not one e-mail address.', isFinal: true, isOurs: false, mayHaveArrived: false };
  }
  let transport: Transporter | undefined;
  let alarm: NodeJS.Timeout | undefined;
  try {
    transport = createTransport({
      url,
      // STARTTLS is not left to the server, nor to somebody in between who hides that it is offered.
      requireTLS: !isLoopback(new URL(url).hostname),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const tooLong = new Promise<never>((_, reject) => {
      alarm = setTimeout(() => reject(new Error('The mail server took too long.')), WHOLE_MS);
    });
    await Promise.race([transport.sendMail(mailOf(envelope, message)), tooLong]);
    return { ok: true };
  } catch (error) {
    return failureOf(error);
  } finally {
    clearTimeout(alarm);
    transport?.close();
  }
}

function mailOf({ messageId, to, from, replyTo }: Envelope, message: RenderedMessage) {
  return {
    messageId,
    from: { name: sanitizeLine(from.name), address: from.address },
    to: { name: '', address: to },
    ...(replyTo && { replyTo: { name: '', address: replyTo } }),
    // Whatever the headers say, it goes to this one address.
    envelope: { from: from.address, to: [to] },
    subject: sanitizeLine(message.subject),
    text: message.text,
    html: message.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...calendarParts(message),
  };
}

/** One event is offered by mail programs as they show the mail. Of several each is a part of its own (RFC 6047, 2.4). */
function calendarParts({ calendars }: RenderedMessage) {
  const [first, ...more] = calendars;
  if (!first) return {};
  if (more.length === 0) {
    return { icalEvent: { method: first.method, filename: 'appointment.ics', content: first.content } };
  }
  const attachments = calendars.map(({ method, content }, at) => ({
    filename: `appointment-${at + 1}.ics`,
    content,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
  }));
  return { attachments };
}

function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

function isOneAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s@"<>(),;:\\[\]]+@[^\s@"<>(),;:\\[\]]+$/.test(address);
}

function failureOf(error: unknown): MailSendOutcome {
  const {
    message = String(error),
    response = '',
    responseCode = 0,
    code,
    command,
    syscall,
  } = error as Partial<Record<'message' | 'response' | 'code' | 'command' | 'syscall', string>> & {
    responseCode?: number;
  };
  const refusesRecipient = code === 'EENVELOPE' && command === 'RCPT TO';
  return {
    ok: false,
    error: sanitizeLine(message),
    isFinal: refusesRecipient && isNoSuchMailbox(responseCode, response),
    isOurs: refusesUs({ code, command, response, responseCode }),
    // A refusal is one; and what never got as far as to be sent is nowhere.
    mayHaveArrived: responseCode < 400 && syscall !== 'connect' && !['EDNS', 'ETLS', 'EAUTH'].includes(code ?? ''),
  };
}

/** Our sender, our password or a policy about us (RFC 3463, X.7), for good: time alone does not fix it. */
function refusesUs(error: { code?: string; command?: string; response: string; responseCode: number }): boolean {
  if (error.code === 'EAUTH' || error.code === 'ETLS') return true;
  if (error.responseCode < 500) return false;
  return error.command === 'MAIL FROM' || isAboutSender(error.response);
}

/**
 * Many servers say what they think of the sender, or of relaying for us, only when they hear of the recipient. RFC 3463
 * has codes for it: 5.7 for policy, 5.1.7 and 5.1.8 for the sender's address. An old server says it in words alone.
 */
function isAboutSender(response: string): boolean {
  const enhanced = enhancedOf(response);
  if (enhanced !== undefined) return enhanced.startsWith('5.7.') || ['5.1.7', '5.1.8'].includes(enhanced);
  const withoutAddresses = response.slice(0, LONGEST_RESPONSE).replace(/[^\s@]{0,254}@\S{0,254}/g, '');
  return /\b(sender|relay(ing)?)\b/i.test(withoutAddresses);
}

const LONGEST_RESPONSE = 2_000;

/** The enhanced status code, such as 5.1.1. */
function enhancedOf(response: string): string | undefined {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
}

/**
 * Only a mailbox that does not exist is final (RFC 5321 4.3.2, RFC 3463). A sender refused, a policy, a full mailbox or
 * a wrong password is put right by somebody, and the mail then goes. An old server says no more than the code.
 */
function isNoSuchMailbox(responseCode: number, response: string): boolean {
  if (responseCode < 500 || isAboutSender(response)) return false;
  const enhanced = enhancedOf(response);
  return enhanced === undefined ? [550, 551, 553].includes(responseCode) : enhanced.startsWith('5.1.');
}

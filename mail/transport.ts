import { createTransport, type Transporter } from 'nodemailer';
import { MARK_CONTENT_ID, sanitizeLine } from './layout';
import type { RenderedMessage } from './render-message';

export interface Envelope {
  /** The same at every attempt: mail programs then show a mail that was sent twice only once. */
  messageId: string;
  to: string;
  from: { name: string; address: string };
  replyTo?: string;
}

/**
 * `isFinal`: this address will never accept it, so it is not tried again automatically. `isOurs`: the mail server
 * refuses our own identity, and the practice has to fix that. `mayHaveArrived`: no server said that it was not
 * accepted.
 */
export type MailSendOutcome =
  | { ok: true }
  | { ok: false; error: string; isFinal: boolean; isOurs: boolean; mayHaveArrived: boolean };

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const WHOLE_MS = 60_000;

/** Hands one message to the mail server of `SMTP_URL`. Always returns within a time limit, and never throws. */
export async function sendEmail(url: string, envelope: Envelope, message: RenderedMessage): Promise<MailSendOutcome> {
  if (!isOneAddress(envelope.to)) {
    return { ok: false, error: 'This is not one e-mail address.', isFinal: true, isOurs: false, mayHaveArrived: false };
  }
  let transport: Transporter | undefined;
  let alarm: NodeJS.Timeout | undefined;
  try {
    transport = createTransport({
      url,
      // STARTTLS is required: neither the server nor an attacker in between can leave it out.
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
    // The envelope decides: the mail goes to this address only, whatever its headers say.
    envelope: { from: from.address, to: [to] },
    subject: sanitizeLine(message.subject),
    text: message.text,
    html: message.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...attachedParts(message),
  };
}

/**
 * Mail programs offer a single event together with the mail. Several events each become a part of their own (RFC 6047,
 * 2.4).
 */
function attachedParts({ calendars, mark }: RenderedMessage) {
  const [first, ...more] = calendars;
  const logo = mark ? [logoPart(mark)] : [];
  if (!first) return { attachments: logo };
  if (more.length === 0) {
    const icalEvent = { method: first.method, filename: 'appointment.ics', content: first.content };
    return { icalEvent, attachments: logo };
  }
  const files = calendars.map(({ method, content }, at) => ({
    filename: `appointment-${at + 1}.ics`,
    content,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
  }));
  return { attachments: [...logo, ...files] };
}

/** The logo comes with the e-mail, so that nothing is loaded when it is read. */
function logoPart({ type, base64 }: NonNullable<RenderedMessage['mark']>) {
  return {
    filename: `logo.${type === 'image/png' ? 'png' : 'jpg'}`,
    content: base64,
    encoding: 'base64',
    contentType: type,
    contentDisposition: 'inline' as const,
    cid: MARK_CONTENT_ID,
  };
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
    // It cannot have arrived if the server refused it or the connection never got as far as sending.
    mayHaveArrived: responseCode < 400 && syscall !== 'connect' && !['EDNS', 'ETLS', 'EAUTH'].includes(code ?? ''),
  };
}

/**
 * Whether our sender, our password or a policy about us is refused permanently (RFC 3463, X.7): waiting does not fix
 * it.
 */
function refusesUs(error: { code?: string; command?: string; response: string; responseCode: number }): boolean {
  if (error.code === 'EAUTH' || error.code === 'ETLS') return true;
  if (error.responseCode < 500) return false;
  return error.command === 'MAIL FROM' || isAboutSender(error.response);
}

/**
 * Many servers report a problem with the sender, or with relaying for us, only when they get the recipient. RFC 3463
 * has codes for it: 5.7 for policy, 5.1.7 and 5.1.8 for the sender's address. Old servers only say it in words.
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
 * Only a missing mailbox is final (RFC 5321 4.3.2, RFC 3463). A refused sender, a policy, a full mailbox or a wrong
 * password can be fixed, and then the mail is accepted. An old server gives only the code.
 */
function isNoSuchMailbox(responseCode: number, response: string): boolean {
  if (responseCode < 500 || isAboutSender(response)) return false;
  const enhanced = enhancedOf(response);
  return enhanced === undefined ? [550, 551, 553].includes(responseCode) : enhanced.startsWith('5.1.');
}

import { errorText } from '@/log';
import { isTwilioMessagingServiceId, type TextGateway } from '@/text-gateway-settings';
import { type Envelope, type MailSendOutcome, sendEmail } from './transport';

// Hands one text message to the gateway. Its errors are written for the people of the practice: the gateway's own words
// are left out, because they may repeat the number or the password.

export interface TextMessage {
  /** The same at every attempt. */
  id: string;
  /** E.164. */
  to: string;
  body: string;
  /** Where a text service reports the outcome; null where it cannot reach us. */
  reportUrl: string | null;
}

/** Needed for a text that is sent as an e-mail. */
export interface TextByMail extends Pick<Envelope, 'from' | 'messageId'> {
  smtpUrl: string;
}

/** `isOver`: this text will never be accepted, though its number may be right. */
export type TextOutcome = MailSendOutcome & { isOver?: boolean };

/** Statuses that refuse something other than the text itself. */
const NOT_ABOUT_THE_TEXT = [401, 403, 404, 408, 429];
const SILENCE_MS = 20_000;
/**
 * Twilio's codes for a number that our texts will never reach: invalid, not a mobile, or blocked after STOP. The first
 * are returned at once, those from 30004 on in a report.
 */
const NEVER_REACHED = [21211, 21214, 21217, 21265, 21266, 21267, 21610, 21614, 21635, 60205, 30004, 30005, 30006];

/** Why texts will never reach a number, from Twilio's code; null for any other code. */
export function describePermanentTextFailure(code: unknown): string | null {
  return NEVER_REACHED.includes(Number(code)) ? 'This number takes no texts.' : null;
}

/** Always returns within a time limit, and never throws. */
export async function sendText(gateway: TextGateway, text: TextMessage, byMail: TextByMail): Promise<TextOutcome> {
  if (gateway.way === 'mail') return sendAsMail(gateway.address, text, byMail);
  return gateway.way === 'twilio' ? sendByTwilio(gateway, text) : sendByAndroid(gateway, text);
}

function sendAsMail(
  address: string,
  { to, body }: TextMessage,
  { smtpUrl, ...mail }: TextByMail,
): Promise<MailSendOutcome> {
  const envelope = { ...mail, to: address.replace('NUMBER', to.replace(/\D/g, '')) };
  return sendEmail(smtpUrl, envelope, { subject: '', text: body, html: '', calendars: [] });
}

/** POST /2010-04-01/Accounts/SID/Messages.json, as Twilio and compatible services accept it. */
async function sendByTwilio(
  { url, user, password, from }: Extract<TextGateway, { way: 'twilio' }>,
  { to, body, reportUrl }: TextMessage,
): Promise<TextOutcome> {
  const sender: Record<string, string> = isTwilioMessagingServiceId(from)
    ? { MessagingServiceSid: from }
    : { From: from };
  const address = `${url}/2010-04-01/Accounts/${encodeURIComponent(user)}/Messages.json`;
  const reports: Record<string, string> = reportUrl === null ? {} : { StatusCallback: reportUrl };
  const form = new URLSearchParams({ To: to, ...sender, Body: body, ...reports });
  const answer = await request(address, { user, password }, form);
  if ('failure' in answer) return answer.failure;
  if (answer.status >= 200 && answer.status < 300) return { ok: true };
  const { code } = answer.reply as { code?: unknown };
  const never = describePermanentTextFailure(code);
  if (never) return refusal(never, { isFinal: true });
  const isOver = answer.status >= 400 && answer.status < 500 && !NOT_ABOUT_THE_TEXT.includes(answer.status);
  return isOver ? { ...refusal(`The gateway refused it (${answer.status}).`), isOver } : refusalOf(answer.status);
}

/** POST /message of the app's local server. The message has an id, so we can ask whether the phone already has it. */
async function sendByAndroid(
  { url, user, password }: Extract<TextGateway, { way: 'android' }>,
  { id, to, body }: TextMessage,
): Promise<TextOutcome> {
  const account = { user, password };
  const statusAnswer = await request(`${url}/message/${id}`, account);
  if ('failure' in statusAnswer) return { ...statusAnswer.failure, ...NOT_TAKEN };
  if (statusAnswer.status === 200) {
    const { state } = statusAnswer.reply as { state?: unknown };
    return state === 'Failed' ? refusal('The phone could not send it.', { isOver: true }) : { ok: true };
  }
  const message = { id, textMessage: { text: body }, phoneNumbers: [to] };
  const answer = await request(`${url}/message`, account, message);
  if ('failure' in answer) return { ...answer.failure, ...NOT_TAKEN };
  if (answer.status >= 200 && answer.status < 300) return { ok: true };
  // The app never checks the number, so a refusal is our fault.
  return refusalOf(answer.status);
}

/** Certain with the Android app, as the next attempt first asks whether the phone has the text. */
const NOT_TAKEN = { mayHaveArrived: false } as const;

type Failed = Extract<MailSendOutcome, { ok: false }>;

function refusal(error: string, other: Partial<Failed & { isOver: boolean }> = {}): Failed & TextOutcome {
  return { ok: false, error, isFinal: false, isOurs: false, mayHaveArrived: false, ...other };
}

function refusalOf(status: number): Failed {
  if (status === 401 || status === 403)
    return refusal('The gateway does not take our user and password.', { isOurs: true });
  if (status === 429 || status >= 500) return refusal(`The gateway cannot take it now (${status}).`);
  return refusal(`The gateway refused it (${status}).`, { isOurs: true });
}

type Answer = { status: number; reply: unknown } | { failure: Failed };

async function request(
  address: string,
  { user, password }: { user: string; password: string },
  body?: URLSearchParams | object,
): Promise<Answer> {
  const isForm = body instanceof URLSearchParams;
  try {
    const answer = await fetch(address, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        Accept: 'application/json',
        ...(body && !isForm && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      // A redirect must not carry our password to another server.
      redirect: 'manual',
      signal: AbortSignal.timeout(SILENCE_MS),
    });
    const reply = await answer.json().catch(() => ({}));
    return { status: answer.status, reply: reply ?? {} };
  } catch (error) {
    const isUnreached = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(errorText(error));
    return { failure: refusal('The gateway did not answer.', { mayHaveArrived: !isUnreached }) };
  }
}

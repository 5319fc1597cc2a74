import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { TextDeliveryReport } from '@/db/messages/text-delivery-reports';
import { describePermanentTextFailure } from '@/mail/text-transport';
import { incomingTextsUrl, parseTextReportQuery, type TextGateway } from '@/text-gateway-settings';

// Whoever could forge a reply could stop text messages to others, so the gateway signs each reply with a secret of
// ours. It also signs its reports on what became of a text.

export type GatewayCallback = { from: string; text: string } | { report: TextDeliveryReport | null };

/** A callback that is older than this, or lies in the future, was recorded and is being replayed. */
const MOST_APART_MS = 5 * 60_000;
const bodySchema = z.union([
  z.object({
    event: z.literal('sms:received'),
    payload: z.object({ phoneNumber: z.string().max(40), message: z.string() }),
  }),
  z.object({
    event: z.enum(['sms:sent', 'sms:delivered', 'sms:failed']),
    payload: z.object({ messageId: z.string().max(100) }),
  }),
]);
const STATES: Record<string, TextDeliveryReport['state']> = {
  ...{ sent: 'sent', delivered: 'delivered', read: 'delivered', failed: 'failed', undelivered: 'failed' },
  ...({ 'sms:sent': 'sent', 'sms:delivered': 'delivered', 'sms:failed': 'failed' } as const),
};

interface Received {
  headers: Headers;
  /** The query of the address that was called: it is signed too. */
  search: string;
  body: string;
}

/**
 * A reply sent to this number, or a report about a text. Null where the signature is wrong, where it is neither of the
 * two, or where a report says nothing new.
 */
export function readGatewayCallback(gateway: TextGateway, received: Received, now: number): GatewayCallback | null {
  if (gateway.way === 'twilio') return readTwilio(gateway.password, received);
  return gateway.way === 'android' && gateway.signingKey !== '' ? readAndroid(gateway.signingKey, received, now) : null;
}

/** Twilio: HMAC-SHA1, in base64, of the address followed by the name and value of every field, sorted by name. */
function readTwilio(password: string, { headers, search, body }: Received): GatewayCallback | null {
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = incomingTextsUrl(search) + fields.flat().join('');
  const expected = createHmac('sha1', password).update(signed).digest();
  if (!isSame(expected, Buffer.from(headers.get('x-twilio-signature') ?? '', 'base64'))) return null;
  const form = new Map(fields);
  const about = parseTextReportQuery(search);
  if (!about) return { from: form.get('From') ?? '', text: form.get('Body') ?? '' };
  const state = STATES[form.get('MessageStatus') ?? ''];
  if (!state) return { report: null };
  if (state !== 'failed') return { report: { ...about, state } };
  const code = /^\d{1,6}$/.exec(form.get('ErrorCode') ?? '')?.[0];
  const never = describePermanentTextFailure(code);
  const why = never ?? `It could not be delivered${code ? ` (${code})` : ''}.`;
  return { report: { ...about, state, why, isFinal: never !== null } };
}

/** The app on the phone: HMAC-SHA256, in hex, of the body and the time in seconds. */
function readAndroid(key: string, { headers, body }: Received, now: number): GatewayCallback | null {
  const timestamp = headers.get('x-timestamp') ?? '';
  const expected = createHmac('sha256', key).update(`${body}${timestamp}`).digest();
  if (!isSame(expected, Buffer.from(headers.get('x-signature') ?? '', 'hex'))) return null;
  if (!(Math.abs(now - Number(timestamp) * 1000) <= MOST_APART_MS)) return null;
  const read = bodySchema.safeParse(parsed(body));
  if (!read.success) return null;
  const { event, payload } = read.data;
  if (event === 'sms:received') return { from: payload.phoneNumber, text: payload.message };
  return { report: { id: payload.messageId, state: STATES[event]!, why: 'The phone could not send it.' } };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isSame(expected: Buffer, offered: Buffer): boolean {
  return expected.length === offered.length && timingSafeEqual(expected, offered);
}

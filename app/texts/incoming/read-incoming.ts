import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { baseUrl } from '@/site';
import type { TextGateway } from '@/text-gateway';

// Whoever could make up a reply could end texts for others: each is signed by the gateway, with a secret of ours.

export interface Incoming {
  from: string;
  text: string;
}

/** An older one, or one from the future, was recorded and is played again. */
const MOST_APART_MS = 5 * 60_000;
const received = z.object({
  event: z.literal('sms:received'),
  payload: z.object({ phoneNumber: z.string().max(40), message: z.string() }),
});

/** What was sent to this number; null where it was not signed as it must be, or is nothing of the kind. */
export function readIncoming(gateway: TextGateway, headers: Headers, body: string, now: number): Incoming | null {
  if (gateway.way === 'twilio') return readTwilio(gateway.password, headers, body);
  return gateway.way === 'android' && gateway.signingKey !== ''
    ? readAndroid(gateway.signingKey, headers, body, now)
    : null;
}

/** Twilio: HMAC-SHA1, in base64, of the address and of every field's name and value, sorted by name. */
function readTwilio(password: string, headers: Headers, body: string): Incoming | null {
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = `${baseUrl()}/texts/incoming${fields.flat().join('')}`;
  const made = createHmac('sha1', password).update(signed).digest();
  if (!isSame(made, Buffer.from(headers.get('x-twilio-signature') ?? '', 'base64'))) return null;
  const form = new Map(fields);
  return { from: form.get('From') ?? '', text: form.get('Body') ?? '' };
}

/** The app on the phone: HMAC-SHA256, in hex, of the body and the time in seconds. */
function readAndroid(key: string, headers: Headers, body: string, now: number): Incoming | null {
  const timestamp = headers.get('x-timestamp') ?? '';
  const made = createHmac('sha256', key).update(`${body}${timestamp}`).digest();
  if (!isSame(made, Buffer.from(headers.get('x-signature') ?? '', 'hex'))) return null;
  if (!(Math.abs(now - Number(timestamp) * 1000) <= MOST_APART_MS)) return null;
  const read = received.safeParse(parsed(body));
  return read.success ? { from: read.data.payload.phoneNumber, text: read.data.payload.message } : null;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isSame(made: Buffer, given: Buffer): boolean {
  return made.length === given.length && timingSafeEqual(made, given);
}

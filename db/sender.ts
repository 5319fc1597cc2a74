import { createHmac } from 'node:crypto';

/**
 * A network address as it is stored beside what came from it. Keyed, for the few network addresses there are could all
 * be hashed and compared.
 */
export function hashSender(address: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: senders cannot be told apart without it.');
  return createHmac('sha256', secret).update(`sender:${address}`).digest('hex').slice(0, 32);
}

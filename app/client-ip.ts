import { rateLimitKeyOf } from '@/client-networks';

/** Whom to count a request against: the address `npm start` stamped on it (server/client-ip.ts). */
export function getClientIp(headers: Pick<Headers, 'get'>): string {
  return rateLimitKeyOf(headers.get('x-fortnight-address') ?? '');
}

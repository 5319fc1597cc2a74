import { rateLimitKeyOf } from '@/client-networks';

/** The address that a request is counted under: the one that `npm start` stamped on it (server/client-ip.ts). */
export function getClientIp(headers: Pick<Headers, 'get'>): string {
  return rateLimitKeyOf(headers.get('x-fortnight-address') ?? '');
}

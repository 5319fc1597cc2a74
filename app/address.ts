import { senderOf } from '@/scripts/sender.mjs';

/** Whom to count a request against: the address `npm start` stamped on it (scripts/caller-address.mjs). */
export function addressOf(headers: Pick<Headers, 'get'>): string {
  return senderOf(headers.get('x-fortnight-address') ?? '');
}

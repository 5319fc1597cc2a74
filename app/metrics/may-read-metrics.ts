import { createHash, timingSafeEqual } from 'node:crypto';
import { isFromThisComputer } from '@/site-address';

/** Whether the caller may read the metrics: a program on this computer may, and whoever has the token. */
export function mayReadMetrics(headers: Pick<Headers, 'get'>, token: string | undefined): boolean {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token && bearer && timingSafeEqual(digest(bearer), digest(token))) return true;
  return isFromThisComputer(headers);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

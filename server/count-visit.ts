import type { IncomingMessage } from 'node:http';
import { classifyPageVisit } from '../classify-page-visit';
import { processState } from '../process-state';

/** Counts a visit that is answered without Next. Those that Next answers are counted by proxy.ts. */
export function countVisit({ method = '', url = '', headers }: IncomingMessage): void {
  const requestHeaders = {
    get: (name: string) => headers[name]?.toString() ?? null,
    has: (name: string) => headers[name] !== undefined,
  };
  const counted = classifyPageVisit({ method, headers: requestHeaders, nextUrl: new URL(url, 'http://this.site') });
  if (counted) processState.visitCounter?.add(counted.slug, counted.kind);
}

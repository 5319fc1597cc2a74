import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { CalendarImportProblem } from '@/db/calendars/import-busy-times';
import { isPublicIp } from './public-ip';

// Fetches a calendar from an address that a therapist entered. The address cannot be trusted: it may lead to this
// machine's own network, to a server whose answer never ends, or redirect from one to the other.

export interface FetchOptions {
  /** Sent with the request, so that an unchanged calendar is not downloaded again. */
  etag: string | null;
  mostBytes?: number;
  withinMs?: number;
  /** Which network addresses may be connected to. */
  isAllowed?: (address: string) => boolean;
}

export type FetchedCalendar =
  | { kind: 'read'; text: string; etag: string | null }
  | { kind: 'same' }
  | { kind: 'failed'; problem: CalendarImportProblem };

const MOST_BYTES = 5_000_000;
const WITHIN_MS = 10_000;
const MOST_REDIRECTS = 4;

class Failed extends Error {
  constructor(readonly problem: CalendarImportProblem) {
    super(problem);
  }
}

export async function fetchCalendar(address: string, options: FetchOptions): Promise<FetchedCalendar> {
  const signal = AbortSignal.timeout(options.withinMs ?? WITHIN_MS);
  try {
    return await follow(address, options, signal);
  } catch (error) {
    if (error instanceof Failed) return { kind: 'failed', problem: error.problem };
    return { kind: 'failed', problem: signal.aborted ? 'too_slow' : 'unreachable' };
  }
}

async function follow(address: string, options: FetchOptions, signal: AbortSignal): Promise<FetchedCalendar> {
  let at = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await requestOnce(at, options, signal);
    const { statusCode: status = 0, headers } = answer;
    if ([301, 302, 303, 307, 308].includes(status) && headers.location && URL.canParse(headers.location, at)) {
      answer.destroy();
      const next = new URL(headers.location, at);
      // A secret address must not be sent on unencrypted.
      if (new URL(at).protocol === 'https:' && next.protocol !== 'https:') throw new Failed('unreachable');
      at = next.href;
      continue;
    }
    if (status === 304 && options.etag !== null) {
      answer.destroy();
      return { kind: 'same' };
    }
    if (status !== 200) {
      answer.destroy();
      throw new Failed(
        status === 404 || status === 410 ? 'not_found' : status === 401 || status === 403 ? 'refused' : 'unreachable',
      );
    }
    return { kind: 'read', text: await readBody(answer, options.mostBytes ?? MOST_BYTES), etag: tagOf(headers.etag) };
  }
  throw new Failed('unreachable');
}

/** The address is checked when connecting, so a name that resolves to another address a moment later gains nothing. */
function requestOnce(at: string, { etag, isAllowed = isPublicIp }: FetchOptions, signal: AbortSignal) {
  const url = new URL(at);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!/^https?:$/.test(url.protocol)) throw new Failed('unreachable');
  // A number in place of a name is never resolved, so it is checked here.
  if (isIP(host) && !isAllowed(host)) throw new Failed('private');
  const lookup: LookupFunction = (name, options, answer) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '', 0);
      const open = found.filter(({ address }) => isAllowed(address));
      if (open.length < found.length || open.length === 0) return answer(new Failed('private'), '', 0);
      if (options.all) return answer(null, open);
      answer(null, open[0]!.address, open[0]!.family);
    });
  };
  return new Promise<IncomingMessage>((resolved, rejected) => {
    const headers = {
      Accept: 'text/calendar',
      'Accept-Encoding': 'identity',
      'User-Agent': 'Fortnight calendar import',
      ...(etag !== null && { 'If-None-Match': etag }),
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    send(url, { headers, lookup, signal, agent: false, maxHeaderSize: 16_384 }, resolved).on('error', rejected).end();
  });
}

async function readBody(answer: IncomingMessage, most: number): Promise<string> {
  const encoding = answer.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new Failed('unreadable');
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) throw new Failed('too_large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function tagOf(etag: string | undefined): string | null {
  return etag !== undefined && /^(W\/)?"[\x21\x23-\x7e]{0,500}"$/.test(etag) ? etag : null;
}

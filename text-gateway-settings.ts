import { isMailEnabled } from './mail/is-mail-enabled';
import { baseUrl, isLoopbackName } from './site-address';

// Through what text messages go, as whoever runs the server has set it. The address is theirs, so it may be a phone in the
// same house.

export type TextGateway =
  | { way: 'twilio'; url: string; user: string; password: string; from: string }
  | { way: 'android'; url: string; user: string; password: string; signingKey: string }
  /** `address`: with NUMBER where the digits of the number go, country code first. */
  | { way: 'mail'; address: string };

/** Enough for a day of a large practice; whoever has more sets it. A mistake or a stranger then costs so much and no more. */
const USUAL_A_DAY = 200;

/** Null where text messages are not set up. Throws an Error, in words for whoever set it up, where it is wrong. */
export function readTextGateway(): TextGateway | null {
  const { TEXTS_WAY: way, TEXTS_URL: configured = '', TEXTS_FROM: from = '', TEXTS_KEY: signingKey = '' } = process.env;
  if (!way) return null;
  if (way === 'mail') {
    const address = configured.replace(/^mailto:/, '');
    if (!/^[^\s@]*NUMBER[^\s@]*@[^\s@]+$/.test(address))
      throw new Error('TEXTS_URL must be an e-mail address with NUMBER in it, such as mailto:NUMBER@texts.example.');
    return isMailEnabled() ? { way, address } : null;
  }
  if (way !== 'twilio' && way !== 'android')
    throw new Error(`TEXTS_WAY must be twilio, android or mail, not "${way}".`);
  const url = URL.canParse(configured) ? new URL(configured) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username === '' || url.password === '')
    throw new Error('TEXTS_URL must be an address such as https://user:password@gateway.example.');
  const account = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const at = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (way === 'android') return { way, url: at, ...account, signingKey };
  if (url.protocol !== 'https:' && !isLoopbackName(url.hostname))
    throw new Error(
      'TEXTS_URL must begin with https:// where TEXTS_WAY is twilio: the password goes over the internet.',
    );
  if (from === '') throw new Error('TEXTS_FROM must be the number that texts come from, such as +353861234567.');
  return { way, url: at, ...account, from };
}

/** In place of a number, the id of a messaging service. */
export function isTwilioMessagingServiceId(from: string): boolean {
  return /^MG[0-9a-f]{32}$/.test(from);
}

/** Whether a STOP that is sent back is heard: a name as sender cannot be answered, nor an e-mail that became a text. */
export function canReceiveTextReplies(gateway: TextGateway): boolean {
  if (gateway.way === 'mail') return false;
  if (gateway.way === 'android') return gateway.signingKey !== '';
  return isTwilioMessagingServiceId(gateway.from) || /^\+?\d{5,15}$/.test(gateway.from);
}

/** What a report of a text is about: in its address, which is signed with it, and known before the text is sent. */
export interface TextReportQuery {
  id: string;
  /** When this sending began: one that failed may be sent again. */
  triedAt: number;
}

/** The address of this site at which replies and reports come in, with what stands behind its "?". */
export function incomingTextsUrl(search: string): string {
  return `${baseUrl()}/texts/incoming${search}`;
}

/** Where a text service reports what became of a text; null where it could not reach us. */
export function textReportUrl({ id, triedAt }: TextReportQuery): string | null {
  const site = new URL(baseUrl());
  if (site.protocol !== 'https:' || isLoopbackName(site.hostname)) return null;
  return incomingTextsUrl(`?${new URLSearchParams({ text: id, tried: `${triedAt}` })}`);
}

/** Null for the address that receives replies. */
export function parseTextReportQuery(search: string): TextReportQuery | null {
  const query = new URLSearchParams(search);
  const [id, tried = ''] = [query.get('text'), query.get('tried') ?? ''];
  return id !== null && /^\d{1,15}$/.test(tried) ? { id, triedAt: Number(tried) } : null;
}

/** How many texts the practice sends within a day, and no more. */
export function maxTextsPerDay(): number {
  const configured = process.env.TEXTS_A_DAY ?? '';
  return /^\d{1,6}$/.test(configured) ? Number(configured) : USUAL_A_DAY;
}

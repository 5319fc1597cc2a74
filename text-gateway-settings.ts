import { isMailEnabled } from './mail/is-mail-enabled';
import { baseUrl, isLoopbackName } from './site-address';

// The gateway for text messages, as set by the person who runs the server. Its address comes from them, so it may be a
// phone on the same network.

export type TextGateway =
  | { way: 'twilio'; url: string; user: string; password: string; from: string }
  | { way: 'android'; url: string; user: string; password: string; signingKey: string }
  /** `address`: with NUMBER in place of the digits of the phone number, country code first. */
  | { way: 'mail'; address: string };

/** Enough for a day of a large practice; larger ones can set it. It limits what a mistake or a stranger can cost. */
const USUAL_A_DAY = 200;

/**
 * Null where text messages are not set up. Throws an Error with a message for the person who set them up, where the
 * settings are wrong.
 */
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

/** Whether the sender is the id of a messaging service instead of a number. */
export function isTwilioMessagingServiceId(from: string): boolean {
  return /^MG[0-9a-f]{32}$/.test(from);
}

/**
 * Whether a STOP reply can reach us: a sender that is a name cannot be answered, nor can an e-mail that became a text.
 */
export function canReceiveTextReplies(gateway: TextGateway): boolean {
  if (gateway.way === 'mail') return false;
  if (gateway.way === 'android') return gateway.signingKey !== '';
  return isTwilioMessagingServiceId(gateway.from) || /^\+?\d{5,15}$/.test(gateway.from);
}

/** Which text a report is about. Part of the report's address, so it is signed and known before the text is sent. */
export interface TextReportQuery {
  id: string;
  /** When this attempt began: a failed text may be sent again. */
  triedAt: number;
}

/** The address of this site for incoming replies and reports, with `search` as its query. */
export function incomingTextsUrl(search: string): string {
  return `${baseUrl()}/texts/incoming${search}`;
}

/** The address where a text service reports the outcome of a text; null where it cannot reach us. */
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

/** The most texts that the practice sends within a day. */
export function maxTextsPerDay(): number {
  const configured = process.env.TEXTS_A_DAY ?? '';
  return /^\d{1,6}$/.test(configured) ? Number(configured) : USUAL_A_DAY;
}

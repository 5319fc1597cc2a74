// One JSON object per line on standard error, for any log collector. It holds no personal data: what a client typed is
// never passed in, and addresses and keys in an error message are masked.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/; // names something, but opens nothing

export type LogLevel = 'info' | 'warn' | 'error';
type Fact = string | number | boolean | null | undefined;

export function log(level: LogLevel, event: string, facts: Record<string, Fact> = {}): void {
  console.error(formatLogLine(level, event, facts, Date.now()));
}

const LOG_AGAIN_MS = 10_000;
const recentLines = new Map<string, { at: number; times: number }>();

/**
 * Logs an event at most once in ten seconds, with how often it happened since: events that a stranger can cause at will
 * must not fill the log.
 */
export function logThrottled(level: LogLevel, event: string, facts: Record<string, Fact> = {}, now = Date.now()): void {
  const name = JSON.stringify([event, facts]);
  const { at, times } = recentLines.get(name) ?? { at: 0, times: 0 };
  if (Math.abs(now - at) < LOG_AGAIN_MS) {
    recentLines.set(name, { at, times: times + 1 });
    return;
  }
  if (recentLines.size > 100) recentLines.clear();
  recentLines.set(name, { at: now, times: 0 });
  log(level, event, times > 0 ? { ...facts, more: times } : facts);
}

export function formatLogLine(level: LogLevel, event: string, facts: Record<string, Fact>, now: number): string {
  const masked = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'string' ? maskPersonalData(fact) : fact,
  ]);
  return JSON.stringify({ at: new Date(now).toISOString(), level, event, ...Object.fromEntries(masked) });
}

// A stranger decides how long an error message is, so everything below reads it once, up to a limit.
const LONGEST_FACT = 8_000;

/**
 * The message of an error. A failed query carries its parameters, and with them a client's name and note: those are
 * left out.
 */
export function errorText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { message, stack = '' } = cause instanceof Error ? cause : { message: String(cause) };
  // Stack frames come after the whole message: a client's words may look like a frame.
  const frames = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : '';
  const name = cause instanceof Error ? `${cause.name}: ` : '';
  return `${name}${cut(message).replace(/^params: [\s\S]*/m, 'params: (unsaid)')}${cut(frames)}`;
}

/**
 * Masks e-mail addresses, passwords in addresses, phone numbers, the part of a network address that identifies a
 * machine or customer, and anything long enough to be a key.
 */
export function maskPersonalData(words: string): string {
  return cut(words)
    .replace(/[^\s<>"'()]+/g, maskedWord)
    .replace(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g, maskedIpv4)
    .replace(/(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}(?![\w:]|\.\d)/gi, maskedIpv6)
    .replace(/\+\d[\d ().-]{6,40}\d/g, '(number)')
    .replace(/\(\d{1,5}\)[ .-]?\d{2,4}(?:[ .-]\d{2,4}){1,4}(?!\d)/g, '(number)')
    .replace(/(?<![\d.])\d{1,4}(?:\.\d{2,4}){2,5}(?!\.?\d)/g, maskedDotted)
    .replace(SPACED_NUMBER, maskedSpaced)
    .replace(/[A-Za-z0-9_-]{32,}/g, (found) => (UUID.test(found) ? found : '(key)'));
}

/**
 * A word with an "@" is an address, or carries a password. Found by position: a pattern with two open ends is slow on
 * "a@a@a@…".
 */
function maskedWord(word: string): string {
  const plain = word.replace(/%(?:25){0,3}40|＠/g, '@');
  const at = plain.lastIndexOf('@');
  if (at < 1) return word;
  const scheme = plain.indexOf('://');
  if (scheme !== -1 && scheme < at && !plain.slice(scheme + 3, at).includes('/'))
    return `${plain.slice(0, scheme)}://(secret)${plain.slice(at)}`;
  return plain.indexOf('.', at) > at + 1 || plain.indexOf('@') < at ? '(address)' : word;
}

/**
 * The network part stays readable: it shows which mail server or proxy was meant. Loopback addresses identify nobody.
 */
function maskedIpv4(found: string): string {
  const parts = found.split('.');
  const isOne = parts.every((part) => Number(part) <= 255) && parts[0] !== '127' && found !== '0.0.0.0';
  return isOne ? `${parts.slice(0, 3).join('.')}.(host)` : found;
}

/** The first two groups belong to a provider; the rest may identify a customer. */
function maskedIpv6(found: string): string {
  const isWhole = /^[^:]+(?::[^:]+){7}$/.test(found);
  const isShort = found.split('::').length === 2 && !found.includes(':::') && /[\da-f]/i.test(found);
  if ((!isWhole && !isShort) || /^::1(?::\d+)?$/.test(found)) return found;
  const [first = '', second = ''] = found.split(':');
  return second === '' ? `${first}:(host)` : `${first}:${second}:(host)`;
}

// Fewer digits are a date, and groups of one digit a version.
function maskedDotted(found: string): string {
  return found.replaceAll('.', '').length >= 9 ? '(number)' : found;
}

const SPACED_NUMBER = /\d[\d ()-]{7,40}\d/g;
const DAY = /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/;

/** A date may stand before a number, and stays readable. */
function maskedSpaced(found: string): string {
  const [day] = DAY.exec(found) ?? [];
  return day ? day + found.slice(day.length).replace(SPACED_NUMBER, maskedSpaced) : '(number)';
}

/** Cuts at a space: half of an address or a key could pass for an ordinary word. */
function cut(words: string): string {
  if (words.length <= LONGEST_FACT) return words;
  const shortened = words.slice(0, LONGEST_FACT).replace(/\S{0,400}$/, '');
  return `${shortened}… (${words.length} characters)`;
}

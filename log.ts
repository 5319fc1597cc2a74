// One JSON object a line on standard error, for whatever gathers logs. It holds no person's data: what a client
// typed is never passed in, and addresses and keys that come in an error's words are masked.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/; // names something, and opens nothing

export type Level = 'info' | 'warn' | 'error';
type Fact = string | number | boolean | null | undefined;

export function log(level: Level, event: string, facts: Record<string, Fact> = {}): void {
  console.error(lineOf(level, event, facts, Date.now()));
}

export function lineOf(level: Level, event: string, facts: Record<string, Fact>, now: number): string {
  const kept = Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? masked(fact) : fact]);
  return JSON.stringify({ at: new Date(now).toISOString(), level, event, ...Object.fromEntries(kept) });
}

/** What an error says. A failed query carries what it was asked with, and so a client's name and note: not that. */
export function saidBy(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return said.replace(/^params: [\s\S]*?(?=\n {4}at |$(?![\s\S]))/m, 'params: (unsaid)');
}

/** The same words without e-mail addresses, passwords in addresses, phone numbers and anything long enough for a key. */
export function masked(words: string): string {
  return words
    .replace(/:\/\/[^/\s]*@/g, '://(secret)@')
    .replace(/[^\s<>"'()]+@[^\s<>"'()]+\.[^\s<>"'()]+/g, '(address)')
    .replace(/\+?\d[\d ()-]{7,}\d/g, (found) => (/^\d{4}-\d\d-\d\d/.test(found) ? found : '(number)'))
    .replace(/[A-Za-z0-9_-]{32,}/g, (found) => (UUID.test(found) ? found : '(key)'));
}

export type DatabaseEngine = 'sqlite' | 'postgres';

/** The engine that a `DATABASE_URL` selects. Without a URL it is SQLite. */
export function getDatabaseEngine(url: string | undefined): DatabaseEngine {
  if (!url || url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  throw new Error(`DATABASE_URL must begin with file: or postgres:// (it is "${url.split(':')[0]}:…").`);
}

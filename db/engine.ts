export type Engine = 'sqlite' | 'postgres';

/** Which engine a `DATABASE_URL` asks for. Without one it is SQLite. */
export function engineOf(url: string | undefined): Engine {
  if (!url || url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  throw new Error(`DATABASE_URL must begin with file: or postgres:// (it is "${url.split(':')[0]}:…").`);
}

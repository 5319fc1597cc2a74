/** A PostgreSQL for the tests: a cluster in a temporary folder, on a free port of this computer only. */
export function startPostgres(): Promise<
  | { ok: true; url: string; makeDatabase(name: string): Promise<string>; stop(): Promise<void> }
  | { ok: false; reason: string }
>;

/** Where the programs of PostgreSQL are, and a folder for a cluster; installs Debian's package where there are none. */
export function findOrInstallPostgres():
  | { ok: true; bin: string; folder: string; options: import('node:child_process').SpawnOptions }
  | { ok: false; reason: string };

/** A port of this computer that nobody listens on. */
export function freePort(): Promise<number>;

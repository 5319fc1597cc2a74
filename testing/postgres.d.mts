/** A PostgreSQL for the tests: a cluster in a temporary folder, on a free port of this computer only. */
export function startPostgres(): Promise<
  | { ok: true; url: string; makeDatabase(name: string): Promise<string>; stop(): Promise<void> }
  | { ok: false; reason: string }
>;

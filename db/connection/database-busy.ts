/** The database could not be used for now: another process holds it, its disk is full, or it is away. */
export class DatabaseBusy extends Error {
  override name = 'DatabaseBusy';
}

/**
 * By name, for the connection is made once a process and may be of another bundle's copy of the class. And of the
 * cause: drizzle wraps what a query throws.
 */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof Error && (error.name === 'DatabaseBusy' || isDatabaseBusy(error.cause));
}

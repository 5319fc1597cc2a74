/** The database cannot be used at the moment: another process has locked it, its disk is full, or it is unreachable. */
export class DatabaseBusy extends Error {
  override name = 'DatabaseBusy';
}

/**
 * Checks the name, because the connection is shared by the process and may use another bundle's copy of the class.
 * Checks the cause too, because drizzle wraps what a query throws.
 */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof Error && (error.name === 'DatabaseBusy' || isDatabaseBusy(error.cause));
}

import type { Db } from '@/db/connection/connection';

/** The only therapists to whom a client’s own dates may go; null: to any. */
export type ListAllowed = (db: Db) => Promise<string[] | null>;
/**
 * The only therapists who go with what these clients told of their health; null: any. It is asked of whoever calls, as
 * nothing here may know why.
 */
export type ListSuited = (db: Db, clientIds: string[]) => Promise<string[] | null>;

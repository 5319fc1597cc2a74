import type { Db } from '@/db/connection/connection';

/** The only therapists to whom a client’s own dates may go; null: to any. */
export type ListAllowed = (db: Db) => Promise<string[] | null>;

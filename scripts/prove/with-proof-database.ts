import type { ChildProcess } from 'node:child_process';
import type { Connection } from '@/db/connection/connection';
import { connectDatabase, getDatabaseUrl, setConnectionForTests as serveFrom } from '@/db/connection/database-client';
import { prepareDatabase } from '@/db/operations/prepare-database';

/**
 * Prepares the database of DATABASE_URL, and gives the work its connection and a list for the processes that it starts:
 * whichever of them still lives at the end is killed, and the connection closed.
 */
export async function withProofDatabase<Result>(
  work: (connection: Connection, workers: ChildProcess[]) => Promise<Result>,
): Promise<Result> {
  process.env.AUTH_SECRET ??= 'a secret for servers that are raced';
  process.env.CARE_KEY ??= 'a-care-key-for-servers-that-are-raced';
  const connection = await connectDatabase(getDatabaseUrl());
  serveFrom(connection);
  const workers: ChildProcess[] = [];
  try {
    await prepareDatabase();
    return await work(connection, workers);
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    serveFrom(undefined);
    await connection.close();
  }
}

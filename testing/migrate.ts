// Migrates DATABASE_URL, and prints a line just before it starts. Runs as a separate process, so that a test can kill
// it.
import { writeSync } from 'node:fs';
import { getConnection } from '@/db/connection/database-client';

const { migrate, close } = await getConnection();
writeSync(1, 'now\n');
await migrate();
await close();

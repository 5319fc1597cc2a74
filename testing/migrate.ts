// Migrates DATABASE_URL, and says before that it is about to. A process of its own, to be killed.
import { writeSync } from 'node:fs';
import { getConnection } from '@/db/connection/database-client';

const { migrate, close } = await getConnection();
writeSync(1, 'now\n');
await migrate();
await close();

// Migrates DATABASE_URL, and says before that it is about to. A process of its own, to be killed.
import { writeSync } from 'node:fs';
import { database } from '@/db/connection/client';

const { migrate, close } = await database();
writeSync(1, 'now\n');
await migrate();
await close();

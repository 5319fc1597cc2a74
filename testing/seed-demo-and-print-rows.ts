// Writes the demo and one booked series to DATABASE_URL, all at NOW, and prints every row of every table. Runs as a
// separate process, because TZ is read only once.
import { getTableName } from 'drizzle-orm';
import { decryptForAnyPurpose } from '@/db/access/encryption';
import { bookSeries } from '@/db/booking/book-series';
import { loadDataKeys } from '@/db/connection/data-keys';
import { getConnection, reader } from '@/db/connection/database-client';
import { seedDemo } from '@/db/demo/seed-demo';
import { listTablesParentsFirst } from '@/db/operations/move-database';
import { claims, dataKeys } from '@/db/schema';
import { listWeeklyInstants, makeSeriesRequest } from '@/db/testing/test-requests';

const now = Number(process.env.NOW);
const connection = await getConnection();
await connection.migrate();
await loadDataKeys(connection);
await seedDemo(now);
const starts = listWeeklyInstants('2027-02-16', '18:00', 8); // across a clock change
const request = makeSeriesRequest(starts, { therapistId: 'any', serviceId: 'deep-tissue' });
const booked = await bookSeries({ role: 'reader' }, request, { now });
if (!booked.ok) throw new Error(JSON.stringify(booked));
const db = await reader();
for (const table of listTablesParentsFirst()) {
  if (table === dataKeys) continue;
  // Decrypted, because the same text encrypted again looks different.
  const open = (_name: string, value: unknown) =>
    typeof value === 'string' ? (decryptForAnyPurpose(value) ?? value) : value;
  // An owner's number is derived from a random id, so it differs too.
  const isClaims = table === claims;
  for (const row of await db.select().from(table))
    console.log(getTableName(table), JSON.stringify(isClaims ? { ...row, owner: 'id' } : row, open));
}
await connection.close();

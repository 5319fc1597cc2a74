import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { waitlistEntries, waitlistOffers } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { eraseClient } from './erase-client';

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');

it('erases a client even if an offer to them is written at the same moment', async () => {
  const entryId = await addToWaitlist('Wanda Wait', NOW, { untilOn: '2026-12-01' });
  const other = await db.another();
  let commit = () => {};
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let begin = () => {};
  const hasWritten = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const offering = other.transact(async (tx) => {
    await tx.insert(waitlistOffers).values({
      ...{ id: randomUUID(), entryId, serviceId: 'swedish', minutes: 60, therapistId: 'mira', dates: [], sessions: 1 },
      ...{ firstStartAt: SIX, source: 'worker', createdAt: NOW, expiresAt: NOW + 60_000 },
    });
    begin();
    await mayCommit;
  });
  await hasWritten;
  const erasing = eraseClient('wanda.wait@example.org', NOW);
  // It has deleted the offers that it saw, and waits for the entry.
  await new Promise((resolve) => setTimeout(resolve, 500));
  commit();
  await offering;
  expect(await erasing).not.toBeNull();
  for (const table of [waitlistEntries, waitlistOffers])
    expect(await db.connection().reader.select().from(table)).toEqual([]);
});

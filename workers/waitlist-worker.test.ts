import { beforeEach, expect, it, vi } from 'vitest';
import { outbox, waitlistOffers } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW } from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { offerByHand } from '@/db/waitlist/staff-waitlist-actions';
import { createWaitlistRun } from './waitlist-worker';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SETTLED = NOW + 6 * MINUTE;
const answers = async () => (await db.connection().reader.select().from(waitlistOffers)).map(({ answer }) => answer);

beforeEach(() => vi.stubEnv('SMTP_URL', 'smtp://mail.example:587'));

it('offers free time to a client on the waiting list', async () => {
  await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  await createWaitlistRun()(SETTLED);
  expect(await answers()).toEqual([null]);
});

it('offers nothing by itself without a mail server, but ends offers that staff made', async () => {
  const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  vi.stubEnv('SMTP_URL', '');
  const work = createWaitlistRun();
  await work(SETTLED);
  expect(await answers()).toEqual([]);
  const byHand = { entryId, therapistId: 'mira', firstStartAt: instantAt('2026-12-01', '18:00') };
  const offered = await offerByHand(DESK_VIEWER, byHand, { now: SETTLED });
  if (!offered.ok) throw new Error(offered.reason);
  await work(offered.expiresAt);
  // Its e-mail waits in the outbox, and the client was never told.
  expect(await db.connection().reader.$count(outbox)).toBeGreaterThan(0);
  expect(await answers()).toEqual(['unsent']);
});

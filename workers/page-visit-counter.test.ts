import { afterEach, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { listQuestionPageCounts } from '@/db/questions/question-page-counts';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { processState } from '@/process-state';
import { startPageVisitCounter } from './page-visit-counter';

const owner: Staff = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
setUpTestDatabase({ now: Date.now() });
afterEach(() => processState.visitCounter?.stop());

const counts = () => listQuestionPageCounts(owner, 2, Date.now());

it('adds the visits of a short time to the totals together', async () => {
  const counter = startPageVisitCounter(20);
  for (let time = 0; time < 50; time++) counter.add('sciatica', 'read');
  counter.add('sciatica', 'followed');
  counter.add('neck-pain', 'read');
  expect(await counts()).toEqual([]);
  await vi.waitFor(async () => expect(await counts()).toHaveLength(2));
  counter.add('neck-pain', 'read');
  await vi.waitFor(async () =>
    expect(await counts()).toEqual([
      { slug: 'neck-pain', reads: 2, followed: 0, booked: 0 },
      { slug: 'sciatica', reads: 50, followed: 1, booked: 0 },
    ]),
  );
});

it('runs once per process, and writes waiting visits before it stops', async () => {
  const counter = startPageVisitCounter(60_000);
  expect(startPageVisitCounter()).toBe(counter);
  counter.add('sciatica', 'followed');
  await counter.stop();
  expect(await counts()).toEqual([{ slug: 'sciatica', reads: 0, followed: 1, booked: 0 }]);
  expect(startPageVisitCounter()).not.toBe(counter);
});

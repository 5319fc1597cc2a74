import { afterEach, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { listQuestionCounts } from '@/db/questions/question-counts';
import { testDatabase } from '@/db/testing/test-database';
import { processState } from '@/process-state';
import { startVisitCounter } from './visit-counter';

const owner: Staff = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
testDatabase({ now: Date.now() });
afterEach(() => processState.visitCounter?.stop());

const counts = () => listQuestionCounts(owner, 2, Date.now());

it('adds what is read within a moment to the sums together', async () => {
  const counter = startVisitCounter(20);
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

it('is one in a process, and writes what waits before it stops', async () => {
  const counter = startVisitCounter(60_000);
  expect(startVisitCounter()).toBe(counter);
  counter.add('sciatica', 'followed');
  await counter.stop();
  expect(await counts()).toEqual([{ slug: 'sciatica', reads: 0, followed: 1, booked: 0 }]);
  expect(startVisitCounter()).not.toBe(counter);
});

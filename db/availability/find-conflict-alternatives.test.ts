import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

setUpTestDatabase({ now: NOW });
const START = instantAt('2026-12-01', '18:00');

async function refused() {
  const outcome = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(START), { now: NOW });
  if (outcome.ok || outcome.reason !== 'taken') throw new Error('It was not taken.');
  return outcome.clashes[0]!.alternatives;
}

describe('a refusal', () => {
  it('offers nothing that was booked since the last refusal', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(START), { now: NOW });
    const [first] = await refused();
    expect((await refused())[0]).toEqual(first);
    const { startsAt, therapistId } = { startsAt: first!.start, therapistId: first!.therapistId };
    expect((await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startsAt, { therapistId }), { now: NOW })).ok).toBe(
      true,
    );
    expect(await refused()).not.toContainEqual(first);
  });
});

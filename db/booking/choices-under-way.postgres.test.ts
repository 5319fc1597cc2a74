import { expect, it } from 'vitest';
import type { Connection } from '@/db/connection/connection';
import { setConnectionForTests as putConnection } from '@/db/connection/database-client';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { beginBookingTry } from './choices-under-way';

const db = setUpTestDatabase({ now: NOW });
const HALF_PAST_FIVE = instantAt('2026-12-03', '17:30'); // Mira, Tom and Jun work; there are three rooms
const HOUR = 3_600_000;

const dateAt = (start: number) => ({
  padded: { start, end: start + HOUR },
  therapistIds: ['mira', 'tom', 'jun'],
  roomIds: ['garden', 'attic', 'cellar'],
});

it('gives those who want one hour with different therapists a room each at the first try', async () => {
  const connection = db.connection();
  let begun = 0;
  const transact: Connection['transact'] = (fn, how) => {
    begun++;
    return connection.transact(fn, how);
  };
  putConnection({ ...connection, transact });
  try {
    const answers = await Promise.all(
      ['mira', 'tom', 'jun'].map((therapistId) => {
        const client = { name: therapistId, email: `${therapistId}@example.org` };
        const request = makeSeriesRequest(HALF_PAST_FIVE, { therapistId, serviceId: 'sports', client });
        return bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
      }),
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(begun).toBe(3);
  } finally {
    putConnection(connection);
  }
});

it('puts what others have chosen for the time last, and leaves out nothing', async () => {
  const [first, second] = [await beginBookingTry(), await beginBookingTry()];
  first.note([dateAt(0)], [{ therapistId: 'mira', roomId: 'attic' }]);
  const sorted = { therapistIds: ['tom', 'jun', 'mira'], roomIds: ['garden', 'cellar', 'attic'] };
  expect(second.sortForTry([dateAt(HOUR / 2)])).toMatchObject([sorted]);
  expect(second.sortForTry([dateAt(HOUR)])).toEqual([dateAt(HOUR)]);
  // All dates of a series keep one order.
  expect(second.sortForTry([dateAt(0), dateAt(HOUR)])).toMatchObject([sorted, sorted]);
  expect(first.sortForTry([dateAt(0)])).toEqual([dateAt(0)]);
  // It may have committed after the second read what is free; a later try reads it.
  first.end();
  expect(second.sortForTry([dateAt(0)])).toMatchObject([sorted]);
  const third = await beginBookingTry();
  expect(third.sortForTry([dateAt(0)])).toEqual([dateAt(0)]);
  for (const each of [second, third]) each.end();
});

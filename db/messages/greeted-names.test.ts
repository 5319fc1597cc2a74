import { expect, it } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { getPractice } from '@/db/practice/practice';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { findGreetedNames } from './greeted-names';
import { getReminderFactsToSend } from './reminder-facts-to-send';

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');
const HOME = 'lane@example.org';

it.each([
  ['somebody else', { bookedBy: 'Ada Lane' }, { clientName: '', isForAnother: true }],
  ['the reader', {}, { clientName: '' }],
])(
  'an e-mail about dates for %s says so, and without names until the address is confirmed',
  async (_who, by, unnamed) => {
    const request = { ...makeSeriesRequest(SIX), client: { name: 'Mia Lane', email: HOME }, ...by };
    const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
    if (!booked.ok) throw new Error(booked.reason);
    const greeted = async () => {
      const read = db.connection().reader;
      const dates = [{ uid: booked.appointments[0]!.uid, start: SIX }];
      const query = { seriesUid: booked.seriesId, step: 1440, dates, toEmail: HOME };
      const reminder = await getReminderFactsToSend(read, query, await getPractice(), SIX - 20 * 3_600_000);
      const { clientName, bookedBy, isForAnother } = reminder!;
      const { who } = await findGreetedNames(read, booked.seriesId, HOME);
      return { who, reminder: JSON.parse(JSON.stringify({ clientName, bookedBy, isForAnother })) };
    };
    expect(await greeted()).toEqual({ who: unnamed, reminder: unnamed });
    await db.write((tx) => confirmEmailAddress(tx, HOME, 'link', NOW));
    const named = { clientName: 'Mia Lane', ...by };
    expect(await greeted()).toEqual({ who: named, reminder: named });
  },
);

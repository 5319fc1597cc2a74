import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import type { Db } from '@/db/connection/connection';
import Sqlite from '@/db/connection/sqlite-library';
import { getReminderFactsToSend, type SubmittedFormsByClient } from '@/db/messages/reminder-facts-to-send';
import { getPractice } from '@/db/practice/practice';
import * as schema from '@/db/schema';
import { clients } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import {
  confirmedEmailAddressCondition,
  filterConfirmedEmailAddresses,
  isConfirmedEmailAddress,
} from './confirmed-email-addresses';

// A query that runs once per date must not read all dates of the client: a client with 400,000 dates once blocked the
// server for minutes.

const database = setUpTestDatabase({ now: NOW });

/** Runs `work` on a connection that records its statements, and returns them with their values. */
async function statementsOf(work: (db: Db) => Promise<unknown>): Promise<{ query: string; params: unknown[] }[]> {
  const handle = new Sqlite(database.file());
  const statements: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => statements.push({ query, params }) };
  await work(drizzle(handle, { schema, logger }) as unknown as Db);
  handle.close();
  return statements;
}

it.each<[what: string, work: (db: Db) => Promise<unknown>]>([
  ['of one address', (db) => isConfirmedEmailAddress(db, 'ana@example.org')],
  ['of several', (db) => filterConfirmedEmailAddresses(db, ['ana@example.org', 'bo@example.org'])],
  [
    'as a condition',
    (db) => db.select({ id: clients.id }).from(clients).where(confirmedEmailAddressCondition(db, clients.email)),
  ],
])('finds whether a client ever came through a dedicated index: %s', async (_what, work) => {
  const statements = await statementsOf(work);
  const handle = new Sqlite(database.file());
  const steps = statements.flatMap(({ query, params }) => [
    ...(handle.prepare(`explain query plan ${query}`).iterate(...params) as Iterable<{ detail: string }>),
  ]);
  handle.close();
  const ofDates = steps.map(({ detail }) => detail).filter((detail) => /\b(appointments|visit)\b/.test(detail));
  expect(ofDates).toEqual([
    expect.stringMatching(
      /^SEARCH (appointments|visit) (EXISTS )?USING (COVERING )?INDEX appointments_completed \(client_id=\?\)$/,
    ),
  ]);
});

it('reads the consent of a client once for all their reminders in a transaction', async () => {
  const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const practice = await getPractice();
  const now = instantAt('2026-11-30', '18:00');
  const forms: SubmittedFormsByClient = new Map();
  const statements = await statementsOf(async (db) => {
    for (const { uid, startsAt } of booked.appointments) {
      const date = { seriesUid: booked.seriesId, step: 1440, toEmail: 'ana@example.org' };
      const at = startsAt - starts[0]! + now;
      const reminder = await getReminderFactsToSend(
        db,
        { ...date, dates: [{ uid, start: startsAt }] },
        practice,
        at,
        forms,
      );
      expect(reminder).toMatchObject({ forms: ['health'] });
    }
  });
  expect(statements.filter(({ query }) => /from "series".*"consents"/.test(query))).toHaveLength(1);
  expect(statements.filter(({ query }) => /from "intakes"/.test(query))).toHaveLength(1);
});

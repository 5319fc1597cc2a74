import path from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { book, openings } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// A cancellation at the desk can be undone for ten seconds, before anybody is told: by a press, by a key, and without
// script.

const DAY = 86_400_000;
const SIZES = ['phone', 'desktop', 'no-script'];

interface StoredDate {
  uid: string;
  on: string;
  series: string;
  client: string;
  email: string;
}

function inDatabase<T>(work: (database: InstanceType<typeof Sqlite>) => T): T {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** A date of Tom's with later dates, in a plan that nothing was done to; each screen size has its own. */
function plannedDate(project: string): StoredDate {
  return inDatabase((database) => {
    const found = database
      .prepare(
        `select a.id as uid, substr(a.local_start, 1, 10) as "on", a.series_id as series, c.name as client, c.email
         from appointments a join clients c on c.id = a.client_id join series s on s.id = a.series_id
         where a.therapist_id <> 'mira' and s.version = 1 and a.status = 'booked' and a.start_at > ?
           and c.email like '%@example.org'
           and (select count(*) from appointments o
                where o.series_id = a.series_id and o.status = 'booked' and o.position > a.position) >= 2
         group by a.series_id order by a.series_id`,
      )
      .all(Date.now() + 4 * DAY) as StoredDate[];
    const date = found[found.length - 1 - SIZES.indexOf(project)];
    if (!date) throw new Error('The demo has too few plans.');
    return date;
  });
}

const rowsOf = (series: string) =>
  inDatabase((database) => ({
    series: database.prepare('select * from series where id = ?').all(series),
    appointments: database.prepare('select * from appointments where series_id = ? order by id').all(series),
  }));

const statesOf = (series: string) =>
  inDatabase((database) =>
    database.prepare('select status from appointments where series_id = ? order by position').pluck().all(series),
  );

async function cancelFollowing(page: Page, { uid, on }: StoredDate) {
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone&open=${uid}`);
  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await page.getByRole('radio', { name: /^This and the \d+ after it$/ }).check();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await expect(page.getByRole('status').filter({ hasText: /dates are cancelled/ })).toBeVisible();
}

test('dates cancelled at the desk are restored, and nothing remains but the history @no-script', async ({
  page,
  browser,
}, { project }) => {
  const hasScript = project.name !== 'no-script';
  const date = plannedDate(project.name);
  await signInAs(page, 'owner');
  const before = rowsOf(date.series);
  const messages = await readMail(browser, page, date.email);

  await cancelFollowing(page, date);
  expect(statesOf(date.series)).toContain('cancelled');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  await expect(page.getByRole('status').getByText(/^\d+ dates cancelled\.$/)).toBeVisible();
  await expectNoOverflow(page);
  await undo.click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  expect(rowsOf(date.series)).toEqual(before);
  await expect(page.getByRole('link', { name: 'Cancel this appointment' })).toBeVisible();
  if (hasScript) await expectAccessible(page);
  expect(await readMail(browser, page, date.email)).toHaveLength(messages.length);

  await page.goto('/practice/history');
  await expect(page.getByText('Undid an earlier change').first()).toBeVisible();
  await expect(page.getByText(/^Cancelled \d+ dates/).first()).toBeVisible();

  if (!hasScript) return;
  await cancelFollowing(page, date);
  await expect(undo).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  expect(rowsOf(date.series)).toEqual(before);
});

test('a cancellation stays when its time was booked by somebody else meanwhile, and the desk is told @desktop-only', async ({
  page,
  baseURL,
}) => {
  const on = new Date(Date.now() + 135 * DAY);
  const wednesday = new Date(on.getTime() + ((10 - on.getUTCDay()) % 7) * DAY).toISOString().slice(0, 10);
  const calendar = `/practice/calendar?on=${wednesday}&view=day&whose=everyone`;
  const start = `${wednesday}T17:00`;
  const free = await openings(baseURL!, wednesday, 1, { therapist: 'mira' });
  const { startsAt } = free.find((opening) => opening.startsAt.startsWith(start))!;
  const booking = new URLSearchParams({ new: start, with: 'mira', client: 'new', type: 'swedish', minutes: '60' });
  await signInAs(page, 'owner', `${calendar}&${booking}&name=Gives%20Up%20${Date.now()}`);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();

  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  // By the API: a second browser could take longer than the ten seconds for which the undo is offered.
  expect((await book(baseURL!, { therapist: 'mira', starts: [startsAt] })).status).toBe(201);
  await page.keyboard.press('u');
  const refused = page.getByRole('alert').filter({ hasText: 'That time was given to somebody else' });
  await expect(refused).toContainText('It stays cancelled.');
});

import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Database } from 'better-sqlite3';
import Sqlite from '@/db/connection/sqlite-library';
import { listIrishHolidays } from '@/db/demo/irish-holidays';
import { isPublicHoliday } from './demo-days';
import {
  chooseFirstFreeTime,
  expect,
  expectAccessible,
  expectNoOverflow,
  pressInToolbar,
  readMail,
  signInAs,
  test,
} from './fixtures';

// A therapist's day: who comes when, how it went, and what has to move. The screen sizes run in parallel, so each takes
// appointments of its own from the demo's.

interface StoredRow {
  uid: string;
  on: string;
  client: string;
  email: string;
}

const SIZES = ['phone', 'desktop', 'no-script'];

function inDatabase<T>(work: (database: Database) => T): T {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Two past appointments of Mira's. The demo has recorded how each went: this resets them. */
function overdue(project: string): [StoredRow, StoredRow] {
  return inDatabase((database) => {
    const found = database
      .prepare(
        `select a.id as uid, substr(a.local_start, 1, 10) as "on", c.name as client, c.email
         from appointments a join clients c on c.id = a.client_id
         where a.therapist_id = 'mira' and a.status in ('completed', 'no_show', 'booked') and a.start_at < ?
         order by a.start_at desc limit 6`,
      )
      .all(Date.now()) as StoredRow[];
    const two = found.slice(SIZES.indexOf(project) * 2).slice(0, 2) as [StoredRow, StoredRow];
    for (const { uid } of two) {
      database
        .prepare("update appointments set status = 'booked', completed_at = null, no_show_at = null where id = ?")
        .run(uid);
    }
    return two;
  });
}

/** Two of Tom's appointments of before today, as if nobody had said how they went. */
function unmarked(project: string): [StoredRow, StoredRow] {
  return inDatabase((database) => {
    const found = database
      .prepare(
        `select a.id as uid, substr(a.local_start, 1, 10) as "on", c.name as client, c.email
         from appointments a join clients c on c.id = a.client_id
         where a.therapist_id = 'tom' and a.status in ('completed', 'no_show', 'booked') and a.end_at < ?
         order by a.start_at desc limit 6`,
      )
      .all(Date.now() - 2 * 86_400_000) as StoredRow[];
    const two = found.slice(SIZES.indexOf(project) * 2).slice(0, 2) as [StoredRow, StoredRow];
    for (const { uid } of two)
      database
        .prepare("update appointments set status = 'booked', completed_at = null, no_show_at = null where id = ?")
        .run(uid);
    return two;
  });
}

/** An upcoming appointment of Mira's, in a series that nothing was done to. */
function toCome(project: string, nth: number): StoredRow {
  return inDatabase((database) => {
    const found = database
      .prepare(
        // with min(), SQLite takes the other columns from the row of the first date
        `select min(a.start_at), a.id as uid, substr(a.local_start, 1, 10) as "on", c.name as client, c.email
         from appointments a join clients c on c.id = a.client_id
         where a.therapist_id = 'mira' and a.status = 'booked' and a.start_at > ? and a.version = 1
           and c.email like '%@example.org'
         group by a.series_id order by a.created_at, a.series_id`,
      )
      .all(Date.now() + 3 * 86_400_000) as StoredRow[];
    const row = found[SIZES.indexOf(project) + SIZES.length * nth];
    if (!row) throw new Error('The demo has too few series with Mira.');
    return row;
  });
}

const stateOf = (uid: string) =>
  inDatabase((database) => database.prepare('select status from appointments where id = ?').pluck().get(uid));

/** An appointment in the calendar, found by its day and the client's name. */
const onCalendar = (page: Page, { client }: StoredRow) =>
  page.getByRole('main').getByRole('link', { name: new RegExp(`${client}.*\\d\\d:\\d\\d`) });

test('a therapist notes that one client came and another did not', async ({ page }, { project }) => {
  const [attended, missed] = overdue(project.name);
  await signInAs(page, 'therapist');

  await page.goto(`/practice/calendar?on=${attended.on}&view=day`);
  await onCalendar(page, attended).first().click();
  await expect(page.getByRole('heading', { level: 2, name: attended.client })).toBeFocused();
  await page.getByRole('link', { name: 'Close' }).click();
  await expect(onCalendar(page, attended).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Marked completed' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^Completed$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done' })).toHaveCount(0);
  await expect(onCalendar(page, attended).filter({ hasText: ', completed' }).first()).toBeVisible();

  await page.goto(`/practice/calendar?on=${missed.on}&view=day&open=${missed.uid}`);
  await page.getByRole('button', { name: 'No-show' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Marked as a no-show' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^Did not come$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Came after all' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  await page.getByRole('button', { name: 'No-show' }).click();
  await expect(page.getByRole('definition').filter({ hasText: /^Did not come$/ })).toBeVisible();
  await expect(onCalendar(page, missed).filter({ hasText: ', did not come' }).first()).toBeVisible();

  expect([stateOf(attended.uid), stateOf(missed.uid)]).toEqual(['completed', 'no_show']);
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test('the calendar names dates that nobody has marked, and each is marked with one press @no-script', async ({ page }, {
  project,
}) => {
  const [attended, missed] = unmarked(project.name);
  await signInAs(page, 'owner', '/practice/calendar');
  await page.getByRole('link', { name: /not marked: done, or did not come\?$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Not marked yet' })).toBeVisible();
  const rowOf = ({ uid }: StoredRow) =>
    page.getByRole('listitem').filter({ has: page.locator(`a[href*="open=${uid}"]`) });
  if (project.name !== 'no-script') await expectAccessible(page);
  await expectNoOverflow(page);
  await rowOf(attended).getByRole('button', { name: /^Done/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Marked as done' })).toBeVisible();
  await expect(rowOf(attended)).toHaveCount(0);
  await rowOf(missed)
    .getByRole('button', { name: /^Did not come/ })
    .click();
  await expect(page.getByRole('status').filter({ hasText: 'Marked as a no-show' })).toBeVisible();
  await expect(rowOf(missed)).toHaveCount(0);
  expect([stateOf(attended.uid), stateOf(missed.uid)]).toEqual(['completed', 'no_show']);
  await page.getByRole('link', { name: /^Open it in the calendar/ }).click();
  await expect(page.getByRole('button', { name: 'Came after all' })).toBeVisible();
});

test('a client finds no calendar, and cannot record how an appointment went @desktop-only', async ({
  browser,
  page,
  baseURL,
}) => {
  const upcoming = toCome('desktop', 3);
  await signInAs(page, 'therapist');
  const confirmation = await page.request.get(`/practice/calendar?open=${upcoming.uid}&ask=cancel`);
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(await confirmation.text())?.[1] ?? '';
  expect(action).not.toBe('');

  const other = await browser.newPage();
  await signInAs(other, 'client');
  const seen = await other.request.get(`/practice/calendar?open=${upcoming.uid}`);
  expect(seen.status()).toBe(404);
  expect(await seen.text()).not.toContain(upcoming.client);
  await other.request.post('/practice/calendar', {
    headers: { origin: baseURL ?? '', 'sec-fetch-site': 'same-origin' },
    multipart: { [action]: '', uid: upcoming.uid, version: '1', scope: 'this', back: '' },
    maxRedirects: 0,
  });
  expect(stateOf(upcoming.uid)).toBe('booked');
  await other.context().close();
});

test('a therapist moves an appointment by keyboard alone, and the client gets an e-mail', async ({ page, browser }, {
  project,
}) => {
  const upcoming = toCome(project.name, 0);
  await signInAs(page, 'therapist');
  await page.goto(`/practice/calendar?on=${upcoming.on}&view=day&open=${upcoming.uid}`);
  await page.getByRole('link', { name: 'Move this appointment' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Day', { exact: true })).toHaveValue(upcoming.on);

  await page.getByRole('combobox', { name: 'Length' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const found = page.locator('#free-times');
  await expect(found).toBeFocused();
  if ((await found.innerText()).startsWith('Nothing free')) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(found).toHaveText(/^Free on /);
    await expect(found).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const time = (await page.locator('label:has(input[name=to]:checked)').innerText()).trim();
  await expectAccessible(page);
  await expectNoOverflow(page);
  await page.keyboard.press('Enter');

  const notice = page.getByRole('status').filter({ hasText: 'It is booked for' });
  await expect(notice).toContainText(`at ${time} with Mira Kovač`);
  await expect(onCalendar(page, upcoming).filter({ hasText: time }).first()).toBeVisible();
  const [message] = await readMail(browser, page, upcoming.email);
  expect(message?.subject).toMatch(/^Moved|^Changed/);
  expect(message?.text).toContain(time);
});

test('an outdated page overwrites nothing, and says how the appointment stands @one-size', async ({
  page,
  anotherPerson,
}, { project }) => {
  const upcoming = toCome(project.name, 1);
  const owner = await anotherPerson();
  await signInAs(owner, 'owner');
  await signInAs(page, 'therapist');
  for (const entry of [page, owner])
    await entry.goto(`/practice/calendar?on=${upcoming.on}&view=day&open=${upcoming.uid}`);
  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  await expect(page.getByRole('button', { name: 'Cancel it' })).toBeVisible();

  await owner.getByRole('link', { name: 'Move this appointment' }).click();
  await chooseFirstFreeTime(owner);
  await owner.getByRole('button', { name: 'Move it' }).click();
  await expect(owner.getByRole('status').filter({ hasText: 'It is booked for' })).toBeVisible();

  await page.getByRole('button', { name: 'Cancel it' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'It had changed in the meantime' });
  await expect(notice).toContainText(/Nothing was changed now\. It is booked for .+ with Mira Kovač\./);
  expect(stateOf(upcoming.uid)).toBe('booked');
});

test('everyone’s calendars are side by side, each with their own hours @desktop-only', async ({ page }) => {
  await signInAs(page, 'therapist');
  await page.goto('/practice/calendar?whose=everyone&view=day');
  for (const name of ['Mira Kovač', 'Tom Nolan', 'Aoife Byrne', 'Jun Sato']) {
    const column = page.getByRole('region', { name });
    await expect(column.getByRole('heading', { name })).toBeVisible();
    await expect(column.getByText(/^(\d+ clients?|free|off)$/)).toBeVisible();
  }
  const holidays = listIrishHolidays(new Date().getUTCFullYear()).map(({ name }) => name);
  const closed = new RegExp(`^(Opens \\d\\d:\\d\\d|Day off|${holidays.join('|')})$`);
  await expect(page.getByText(closed).first()).toBeVisible();
  await expectAccessible(page);

  await pressInToolbar(page, 'Week');
  const table = page.getByRole('table', { name: /week of everyone/ });
  await expect(table.getByRole('rowheader')).toHaveText(['Mira Kovač', 'Tom Nolan', 'Aoife Byrne', 'Jun Sato']);
  await expectAccessible(page);

  await page.getByRole('navigation', { name: 'Which therapist' }).getByRole('link', { name: 'Tom' }).click();
  await expect(table).toHaveCount(0);
  await expect(page.getByRole('columnheader').first()).toBeVisible();
});

test('on a desk ten hours of four therapists are in view at once, and what waits is named above them @desktop-only', async ({
  page,
}) => {
  await signInAs(page, 'therapist');
  // A Monday from 10:00 to 20:00 that no other journey books.
  const far = Date.now() + 190 * 86_400_000;
  const monday = [0, 7]
    .map((days) => far + (days - ((new Date(far).getUTCDay() + 6) % 7)) * 86_400_000)
    .map((day) => new Date(day).toISOString().slice(0, 10))
    .find((on) => !isPublicHoliday(on))!;
  await page.goto(`/practice/calendar?view=day&whose=everyone&on=${monday}`);
  const lanes = page.locator('[data-lane]');
  await expect(lanes).toHaveCount(4);
  await expect(lanes.first()).toContainText('12:00');
  for (const box of await Promise.all((await lanes.all()).map((lane) => lane.boundingBox())))
    expect(box!.y + box!.height).toBeLessThanOrEqual(800);
  await expectAccessible(page);

  const notices = page.getByRole('navigation', { name: 'Notices' });
  const unsigned = notices.getByRole('link', { name: /^\d+ notes? to sign$/ });
  await expect(unsigned).toBeInViewport();
  await unsigned.press('Enter');
  await expect(page.getByText(/notes? from before today (is|are) not signed/)).toBeInViewport();
});

test('on a phone one of the therapists can be chosen @phone-only', async ({ page }) => {
  await signInAs(page, 'therapist');
  await page.goto('/practice/calendar?whose=everyone');
  await pressInToolbar(page, 'Jun', 'Which therapist');
  await expect(page.getByRole('heading', { name: 'Mira Kovač' })).toHaveCount(0);
  await page.getByText(/^Menu/).click();
  const which = page.getByRole('navigation', { name: 'Which therapist' });
  await expect(which.getByRole('link', { name: 'Jun' })).toHaveAttribute('aria-current', 'true');
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test('on a phone the day begins within 120 pixels, and the rest of the toolbar is a menu @phone-only', async ({
  page,
  baseURL,
}) => {
  const on = toCome('phone', 1).on;
  await signInAs(page, 'therapist');
  await page.goto(`/practice/calendar?on=${on}&whose=everyone`);
  const day = page.locator('[data-lane]').first();
  await expect(day).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, 0));
  expect((await day.boundingBox())!.y).toBeLessThanOrEqual(120);

  const menu = page.locator('summary', { hasText: /^Menu/ });
  const timeOff = page.getByRole('link', { name: 'Time off' });
  await expect(timeOff).toBeHidden();
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(timeOff).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);
  await page.keyboard.press('Escape');
  await expect(timeOff).toBeHidden();
  await expect(menu).toBeFocused();
  await page.getByRole('link', { name: 'Later', exact: true }).click();
  await expect(page).not.toHaveURL(new RegExp(`on=${on}`));

  const args = ['--no-sandbox', '--disable-gpu', '--blink-settings=defaultFontSize=32'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args });
  const large = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 390, height: 844 } });
  await large.context().addCookies(await page.context().cookies());
  await large.goto(`/practice/calendar?on=${on}`);
  await large.locator('summary', { hasText: /^Menu/ }).click();
  await expectNoOverflow(large);
  await expectNoOverflow(large, 390);
  await browser.close();
});

test('without script the day shows a day, the week a week, and everything can be done @no-script @no-script-only', async ({
  page,
}, { project }) => {
  const [attended] = overdue(project.name);
  await signInAs(page, 'therapist');
  await page.goto(`/practice/calendar?on=${attended.on}`);
  await expect(page.getByText('Drawing the calendar')).toHaveCount(0);
  await pressInToolbar(page, 'Day');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(1);
  await pressInToolbar(page, 'Week');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(7);

  await page.getByRole('link', { name: attended.client, exact: true }).first().click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Marked completed')).toBeVisible();
  expect(stateOf(attended.uid)).toBe('completed');

  const upcoming = toCome(project.name, 0);
  await page.goto(`/practice/calendar?on=${upcoming.on}&open=${upcoming.uid}`);
  await page.getByRole('link', { name: 'Move this appointment' }).click();
  await page.getByRole('button', { name: 'Show free times' }).click();
  await chooseFirstFreeTime(page);
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByText('Moved', { exact: true })).toBeVisible();
  await expectNoOverflow(page);
});

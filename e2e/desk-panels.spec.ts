import path from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { isPublicHoliday } from './demo-days';
import { expect, expectAccessible, signInAs, test } from './fixtures';

// The main action of each calendar panel is in view as soon as the panel opens: at 1280x800 beside the day, and on a
// phone in the sheet.

const DAY = 86_400_000;

/** A date of a plan of Mira’s, on a day with another date to swap it with. Other journeys cancel plans of her colleagues. */
function plannedDate(): { uid: string; on: string } {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'), { readonly: true });
  try {
    return database
      .prepare(
        `select a.id as uid, substr(a.local_start, 1, 10) as "on" from appointments a
         where a.status = 'booked' and a.therapist_id = 'mira' and a.start_at > ?
           and exists (select 1 from appointments o where o.series_id = a.series_id and o.status = 'booked'
                       and o.position > a.position)
           and exists (select 1 from appointments o where o.id <> a.id and o.status = 'booked'
                       and substr(o.local_start, 1, 10) = substr(a.local_start, 1, 10))
         order by a.start_at limit 1`,
      )
      .get(Date.now() + 8 * DAY) as { uid: string; on: string };
  } finally {
    database.close();
  }
}

/** The whole element is in the window, with nothing over it. */
async function expectInView(action: Locator, what: string) {
  await expect(action, what).toBeVisible();
  await expect(action, what).toBeInViewport({ ratio: 1 });
  const isOnTop = await action.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const found = document.elementFromPoint(x + width / 2, y + height / 2);
    return found !== null && (element.contains(found) || found.contains(element));
  });
  expect(isOnTop, `${what}: nothing lies over it`).toBe(true);
}

test('the main action of every panel is in view as soon as it opens', async ({ page }) => {
  const { uid, on } = plannedDate();
  await signInAs(page, 'owner', '/practice/calendar');
  const calendar = `/practice/calendar?on=${on}&view=day&whose=everyone`;
  const known = 'client=new&name=Ana&cadence=weekly&sessions=8';
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const panels: [string, string, Locator][] = [
    ['an appointment', `&open=${uid}`, page.getByRole('link', { name: 'Move this appointment' })],
    ['a move', `&open=${uid}&ask=move`, button('Move it')],
    [
      'a move outside of the hours',
      `&open=${uid}&ask=move&flash=unusual&at=21:00&warn=outside_hours`,
      button(/^Move it/),
    ],
    ['a swap', `&open=${uid}&ask=swap`, button('Swap them')],
    ['a cancel', `&open=${uid}&ask=cancel`, button('Cancel it')],
    ['a cancel that was refused', `&open=${uid}&ask=cancel&flash=conflict`, button('Cancel it')],
    ['a note', '&note=new', button('Save the note')],
    ['a block', `&block=${on}T13:00&to=14:00&with=mira`, button('Block this time')],
    ['a booking', `&new=${on}T13:00&with=mira`, button('Book')],
    ['a plan', `&new=${on}T13:00&with=mira&${known}`, button(/^Book/)],
  ];
  for (const [what, query, action] of panels) {
    await page.goto(`${calendar}${query}`);
    await expectInView(action.first(), what);
    const lines = await page
      .getByRole('link', { name: 'Close', exact: true })
      .evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().height)));
    expect(lines, `${what}: “Close” is on one line`).toEqual([44]);
  }
  await page.goto(`${calendar}&open=${uid}&ask=move`);
  await expectAccessible(page);
  await page.goto(`${calendar}&open=${uid}&ask=cancel`);
  await expectAccessible(page);
});

/**
 * Makes one of this week's appointments the next of today, whatever the hour: it began a minute ago. Returns a day of
 * ten hours other than today.
 */
function makeSomebodyNext(dataFolder: string): string {
  const now = Date.now();
  const today = new Date(now);
  const monday = now - ((today.getUTCDay() + 6) % 7) * DAY;
  // The demo's Mondays and Thursdays are of ten hours, but for holidays and Christmas Eve.
  const shown = [0, 3, 7, 10]
    .map((days) => new Date(monday + days * DAY).toISOString().slice(0, 10))
    .find((on) => on !== today.toISOString().slice(0, 10) && !on.endsWith('-12-24') && !isPublicHoliday(on))!;
  const local = new Date(now - 60_000).toISOString().slice(0, 16);
  const database = new Sqlite(path.join(dataFolder, 'fortnight.db'));
  try {
    const changed = database
      .prepare(
        `update appointments set start_at = ?, end_at = ?, padded_start_at = ?, padded_end_at = ?, local_start = ?,
           status = 'booked', arrived_at = null, begun_at = null, completed_at = null, no_show_at = null
         where id = (select a.id from appointments a join intakes i on i.series_id = a.series_id
                     where substr(a.local_start, 1, 10) > ? limit 1)`,
      )
      .run(now - 60_000, now + 3_540_000, now - 60_000, now + 3_540_000, local, shown);
    expect(changed.changes).toBe(1);
    // Whoever else comes about now has been there, so that nobody else is next.
    database
      .prepare(
        `update appointments set status = 'completed', completed_at = ?
         where status = 'booked' and start_at <> ? and start_at between ? and ?`,
      )
      .run(now, now - 60_000, now - DAY / 2, now + DAY / 2);
  } finally {
    database.close();
  }
  return shown;
}

test('ten hours of four therapists, the day’s note and the next client are in view at once @desktop-only', async ({
  page,
  dataFolder,
  ownServer,
}) => {
  const { address: origin } = await ownServer({ DEMO: '1' });
  const shown = makeSomebodyNext(dataFolder);
  const calendar = `${origin}/practice/calendar?view=day&whose=everyone&on=${shown}`;
  await signInAs(page, 'owner', '/practice/calendar', origin);
  await page.goto(`${calendar}&note=new`);
  await page
    .getByRole('textbox', { name: 'Note' })
    .fill('The window cleaner comes at 11, and the boiler is looked at after lunch');
  await page.getByRole('button', { name: 'Save the note' }).click();
  await expect(page.getByRole('list', { name: 'Notes' })).toBeVisible();

  await page.goto(calendar);
  const next = page.getByRole('region', { name: 'Next client' });
  await expect(next).toContainText('Came for');
  await expect(next.getByRole('list', { name: 'Notes' })).toBeVisible();
  const lanes = page.locator('[data-lane]');
  await expect(lanes).toHaveCount(4);
  for (const lane of await lanes.all()) {
    const box = (await lane.boundingBox())!;
    expect(box.height).toBeGreaterThan(10 * 46);
    expect(box.y + box.height).toBeLessThanOrEqual(800);
  }
  await expectAccessible(page);
});

/** The name of the heading has the time that is asked for. */
const openNew = async (page: Page, calendar: string) => {
  await page.goto(calendar);
  await page.getByRole('link', { name: 'New', exact: true }).waitFor();
  const heading = page.getByRole('heading', { name: /^Book \d\d:\d\d with / });
  // The key does nothing before the script runs.
  await expect(async () => {
    if ((await heading.count()) === 0) await page.keyboard.press('n');
    await expect(heading).toBeVisible({ timeout: 3_000 });
  }).toPass();
};

test('New proposes a time that is free for the usual massage, by a press and by its key @desktop-only', async ({
  page,
}) => {
  await signInAs(page, 'front desk', '/practice/calendar');
  let free = 0;
  for (let day = 1; day <= 7; day++) {
    const on = new Date(Date.now() + day * DAY).toISOString().slice(0, 10);
    await openNew(page, `/practice/calendar?on=${on}&view=day&whose=everyone`);
    const state = page
      .locator('#main')
      .getByRole('status')
      .filter({ hasText: /^(Free|Not free)$/ });
    await expect(state).toBeVisible();
    if ((await state.innerText()) === 'Not free') continue; // nobody works that day
    free++;
    await expect(page.getByRole('radio', { name: '60 min' }), on).toBeChecked();
  }
  expect(free).toBeGreaterThan(2);
});

/** The texts whose lines stick out of their box, or out of its visible part where it can be scrolled. */
async function listCutWords(boxes: Locator): Promise<string[]> {
  return await boxes.evaluateAll((all) =>
    all.flatMap((box) => {
      const range = document.createRange();
      range.selectNodeContents(box);
      const own = box.getBoundingClientRect();
      const shown = box.closest('.overflow-x-auto')?.getBoundingClientRect() ?? own;
      const [left, right] = [Math.max(own.left, shown.left), Math.min(own.right, shown.right)];
      if (left >= right) return []; // scrolled away completely
      const isCut = [...range.getClientRects()].some((line) => line.left < left - 0.5 || line.right > right + 0.5);
      return isCut ? [box.textContent ?? ''] : [];
    }),
  );
}

test('on the smallest phone, with text twice as large, no word of the day or of a booking is cut @phone-only', async ({
  page,
  baseURL,
}) => {
  const { on } = plannedDate();
  await signInAs(page, 'owner', '/practice/calendar');
  const args = ['--no-sandbox', '--disable-gpu', '--blink-settings=defaultFontSize=32'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args });
  const large = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 320, height: 800 } });
  await large.context().addCookies(await page.context().cookies());
  await large.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  const heads = large.locator('[data-lane] h2');
  await expect(heads).toHaveCount(4);
  // The first heading is in view; the others are reached by scrolling.
  expect(await listCutWords(heads.first())).toEqual([]);
  await large.goto(`/practice/calendar?on=${on}&view=day&whose=everyone&new=${on}T13:00&with=mira`);
  const choices = large.locator('label:has(input[type="radio"])');
  await expect(choices.first()).toBeAttached();
  expect(await choices.count()).toBeGreaterThan(6);
  expect(await listCutWords(choices)).toEqual([]);
  await browser.close();
});

test('the columns of the printed day line up for all therapists @desktop-only', async ({ page }) => {
  const { on } = plannedDate();
  await signInAs(page, 'owner', `/practice/calendar?on=${on}&view=day&whose=everyone`);
  await page.emulateMedia({ media: 'print' });
  const tables = page.locator('section[aria-hidden="true"] table');
  expect(await tables.count()).toBeGreaterThan(1);
  const columns = await tables.evaluateAll((all) =>
    all.map((table) =>
      [...table.querySelectorAll('tr:first-child td')].map((cell) => Math.round(cell.getBoundingClientRect().left)),
    ),
  );
  for (const own of columns) expect(own).toEqual(columns[0]);
});

test('each day of the strip stands on one line, also where all are free and a notice stands beside them @desktop-only', async ({
  page,
  ownServer,
}) => {
  const { address: origin } = await ownServer({ DEMO: '1' });
  await signInAs(page, 'therapist', '/practice/calendar', origin);
  const on = new Date(Date.now() + 300 * DAY).toISOString().slice(0, 10);
  for (const width of [1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${origin}/practice/calendar?view=day&whose=everyone&on=${on}`);
    await expect(page.getByRole('link', { name: /notes? to sign/ })).toBeVisible();
    const days = page
      .getByRole('navigation', { name: 'Days of this week' })
      .getByRole('link')
      .filter({ visible: true });
    await expect(days).toHaveCount(7);
    const heights = await days.evaluateAll((all) => all.map((day) => day.getBoundingClientRect().height));
    expect(Math.max(...heights), `at ${width} px`).toBeLessThan(50);
  }
});

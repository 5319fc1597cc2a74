import type { Locator, Page } from '@playwright/test';
import ical from 'ical.js';
import { chooseTimeWithOneClash } from './choose-time-with-one-clash';
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  goToDetailsStep,
  readChosenPlan,
  readMail,
  showLaterWeeks,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// From a question to a series of appointments: the main purpose of the site. Every run books as a client of its own, in
// weeks of its own, so that the two screen sizes do not take each other's times.

const DAY = 86_400_000;
const weeksAhead = { phone: 3, desktop: 5, 'no-script': 7 };

interface Booked {
  managePath: string;
  firstOn: string;
}

/** From the question page to the last button, as a reader goes. Ends on the confirmation. */
async function bookFromQuestion(
  page: Page,
  client: { name: string; email: string },
  daysAhead: number,
): Promise<Booked> {
  await page.goto('/questions/hamstring-tendinopathy');
  await page.getByRole('link', { name: /^Ready to book: / }).click();

  // The page's own plan, with the times for it.
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your regular time' })).toBeVisible();
  await expect(page.getByText('6 sessions, every week, 60 minutes').first()).toBeVisible();
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Which massage, and how often?' })).toBeVisible();
  await expect(
    page.getByText('Can massage help high (proximal) hamstring tendinopathy?').or(page.getByText(/^From /)),
  ).toBeVisible();
  await page.getByRole('radio', { name: /^Mira/ }).check({ force: true });
  await page.getByRole('textbox', { name: 'Number of sessions' }).fill('8');
  await page.getByRole('button', { name: 'See the times' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Choose your regular time' })).toBeVisible();
  await showLaterWeeks(page, daysAhead);
  await page
    .getByRole('link', { name: /with Mira/ })
    .first()
    .click();

  await goToDetailsStep(page);
  await expect(page.getByRole('heading', { level: 1, name: /^Eight \w+days at \d\d:\d\d$/ })).toBeVisible();
  const firstOn = (await readChosenPlan(page)).get('on');
  if (!firstOn) throw new Error('The address does not carry the chosen day.');

  await page.getByLabel('Your name').fill(client.name);
  await page.getByLabel('E-mail').fill(client.email);
  await page.getByLabel('Note for the therapist').fill('Left side. It hurts on long drives.');
  await tickBookingConsents(page);
  await page.getByRole('button', { name: /^Book all eight$/ }).click();

  await page.waitForURL(/\/manage\/[^/]+\/booked$/);
  await expect(page.getByRole('heading', { level: 1, name: /^See you on/ })).toBeVisible();
  return { managePath: new URL(page.url()).pathname.replace(/\/booked$/, ''), firstOn };
}

/** The starts with Mira on a day that a reader could book, from the public API. */
async function openWithMira(page: Page, on: string): Promise<string[]> {
  const answer = await page.request.get(`/api/v1/openings?service=swedish&minutes=60&from=${on}&days=1&therapist=mira`);
  const { openings } = (await answer.json()) as { openings: { startsAt: string }[] };
  return openings.map(({ startsAt }) => startsAt);
}

test('a reader books eight, the therapist sees them, one is cancelled, and its time is free again @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow();
  const client = { name: `Nora ${project.name}`, email: `nora.${project.name}@example.org` };
  const { managePath, firstOn } = await bookFromQuestion(page, client, weeksAhead[project.name as 'phone']);
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  // the calendar file
  const file = await page.request.get(`${managePath}/calendar.ics`);
  expect(file.headers()['content-type']).toContain('text/calendar');
  const events = new ical.Component(ical.parse(await file.text())).getAllSubcomponents('vevent');
  expect(events).toHaveLength(8);
  expect(events[0]?.getFirstPropertyValue('organizer')).toBe('mailto:hello@fortnight.example');
  expect(await file.text()).not.toMatch(/hamstring|long drives/i);

  // the e-mail
  const messages = await readMail(browser, page, client.email);
  expect(messages).toHaveLength(1);
  expect(messages[0]?.links).toContain(managePath);
  expect(messages[0]?.text).not.toMatch(/hamstring|long drives/i);

  // the therapist
  const therapist = await anotherPerson();
  await signInAs(therapist, 'therapist');
  await therapist.goto(`/practice/calendar?on=${firstOn}&view=day`);
  await therapist
    .getByRole('link', { name: new RegExp(client.name) })
    .first()
    .click();
  await expect(therapist.getByRole('heading', { level: 2, name: client.name })).toBeVisible();
  await expect(therapist.getByText('1 of 8', { exact: true })).toBeVisible();
  await expect(therapist.getByText('It hurts on long drives.')).toBeVisible();
  await expect(therapist.getByRole('link', { name: /hamstring tendinopathy\?/ })).toBeVisible();

  // one date is cancelled
  const before = await openWithMira(page, firstOn);
  await page.goto(managePath);
  await page
    .getByRole('link', { name: /^Cancel/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.waitForURL(/flash=cancelled/);
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  if (project.name !== 'no-script') await expect(page.locator('#flash')).toBeFocused();
  const after = await openWithMira(page, firstOn);
  expect(after.length).toBeGreaterThan(before.length);
  expect(await readMail(browser, page, client.email)).toHaveLength(2);
});

test('from a question to booked in five presses, or forty Tabs, with the dates and the total beside the form @desktop-only', async ({
  page,
}) => {
  await page.goto('/questions/hamstring-tendinopathy');
  let presses = 0;
  let tabs = 0;
  /** Presses Tab until the element has the focus. */
  const reach = async (target: Locator) => {
    await expect(target).toBeVisible();
    for (let pressesLeft = 60; pressesLeft > 0; pressesLeft -= 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
      tabs += 1;
    }
    throw new Error('It is not reached.');
  };
  const press = async (target: Locator, key = 'Enter') => {
    await reach(target);
    await page.keyboard.press(key);
    presses += 1;
  };
  // A plan without clashes, in weeks that no other journey uses. The keyboard goes past the footnotes by the page's
  // contents. With a pointer that is not needed, so it is not one of the presses.
  await reach(page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Ready to book' }));
  await page.keyboard.press('Enter');
  await press(page.getByRole('main').getByRole('link', { name: /^Ready to book: / }));
  await page.waitForURL(/step=time/);
  // Nobody presses Tab before the page's script has made each row of choices one stop.
  await expect(page.locator('[data-arrow-keys=line] [tabindex="-1"]').first()).toBeAttached();
  await press(page.locator('#best').getByRole('link', { name: /all 6/ }).first());
  const name = page.getByLabel('Your name');
  await expect(name).toBeVisible();
  await expect(page.getByRole('list').filter({ hasText: 'Swedish' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByText(/^6 sessions, €/)).toBeVisible();
  await expect(page.getByText(/^Cancel free until 24 hours before/)).toBeVisible();
  await reach(name);
  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();
  await page.keyboard.type('Fay Five');
  await reach(page.getByLabel('E-mail'));
  await page.keyboard.type('fay@example.org');
  await press(page.getByRole('checkbox', { name: 'None of these applies to me' }), 'Space');
  await press(page.getByRole('checkbox', { name: /may keep/ }), 'Space');
  await press(page.getByRole('button', { name: 'Book all six' }));
  await page.waitForURL(/\/booked$/);
  console.info(`from a question to booked: ${presses} presses, ${tabs} Tabs`);
  expect(presses).toBeLessThanOrEqual(5);
  expect(tabs).toBeLessThanOrEqual(36);
});

test('every 2 weeks keeps its wall time across a clock change @one-size', async ({ page }) => {
  const week = new Date(mondayBeforeChange() - 28 * DAY).toISOString().slice(0, 10);
  await page.goto(`/book?type=sports&minutes=60&cadence=biweekly&sessions=6&step=time&week=${week}`);
  await page.getByRole('link', { name: /all 6/ }).first().click();
  await goToDetailsStep(page);
  const time = (await readChosenPlan(page)).get('time') ?? '';
  await page.getByLabel('Your name').fill('Clock Change');
  await page.getByLabel('E-mail').fill('clock@example.org');
  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book all six' }).click();
  await page.waitForURL(/booked$/);
  const shown = await page.getByRole('main').innerText();
  expect(shown.split(time).length - 1).toBeGreaterThanOrEqual(6);

  const file = await page.request.get(page.url().replace(/booked$/, 'calendar.ics'));
  const calendar = new ical.Component(ical.parse(await file.text()));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (!zone) throw new Error('The calendar file has no VTIMEZONE.');
  ical.TimezoneService.register(zone);
  const starts = calendar.getAllSubcomponents('vevent').map((event) => new ical.Event(event).startDate);
  expect(starts.map((start) => start.toString().slice(11, 16))).toEqual(Array(6).fill(time));
  const hoursInUtc = new Set(starts.map((start) => start.toJSDate().getUTCHours()));
  expect(hoursInUtc.size, 'the series lies on both sides of the change').toBe(2);
});

const fillDetails = async (who: Page, name: string) => {
  await who.getByLabel('Your name').fill(name);
  await who.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.org`);
  await tickBookingConsents(who);
};
// Weeks of their own, after the next clock change: another journey's booking would take their alternatives.
const dayIn = (weeks: number) => new Date(Date.now() + weeks * 7 * DAY).toISOString().slice(0, 10);
const openDetails = async (page: Page, week: string) => {
  await page.goto(`/book?type=swedish&minutes=60&cadence=weekly&sessions=4&therapist=mira&step=time&week=${week}`);
  await page.getByRole('link', { name: /all 4/ }).first().click();
  await expect(page.getByLabel('Your name')).toBeVisible();
};
const holdNothing = (page: Page) => page.route('**/book/hold', (route) => route.fulfill({ json: null }));

test('of two browsers that want one standing time, one books it and the other is led to an alternative @one-size', async ({
  page,
  anotherPerson,
}) => {
  const other = await anotherPerson();
  await Promise.all([holdNothing(page), holdNothing(other)]);
  await openDetails(page, dayIn(37));
  await other.goto(page.url());
  await fillDetails(page, 'First');
  await fillDetails(other, 'Second');

  const book = (who: Page) => who.getByRole('button', { name: /^Book all four$/ }).click();
  await Promise.all([book(page), book(other)]);
  const outcome = async (who: Page) => {
    await expect(
      who.getByRole('heading', { name: /^See you on/ }).or(who.getByText(/^Someone just took/)),
    ).toBeVisible();
    return who.url().endsWith('/booked') ? 'booked' : 'led on';
  };
  const outcomes = [await outcome(page), await outcome(other)];
  expect(outcomes.toSorted()).toEqual(['booked', 'led on']);

  const loser = outcomes[0] === 'led on' ? page : other;
  await expect(loser.getByLabel('Your name')).toHaveValue(/First|Second/);
  await expectAccessible(loser);
  // The heading counts what is left, like the button.
  await expect(loser.getByRole('heading', { level: 1, name: /^Four \w+days at/ })).toBeVisible();
  await loser
    .getByRole('radio', { name: /^Skip this date/ })
    .last()
    .check({ force: true });
  await expect(loser.getByRole('heading', { level: 1, name: /^Three \w+days at/ })).toBeVisible();
  await loser.getByRole('button', { name: 'Book all three' }).click();
  await loser.waitForURL(/booked$/);
});

test('skipping every date asks for no name, and leads to another time @one-size @no-script', async ({ page }) => {
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=2&step=time');
  await page.getByRole('link', { name: /with/ }).first().click();
  const dates = new URL(page.url());
  for (const position of [1, 2]) dates.searchParams.set(`d${position}`, 'skip');
  dates.searchParams.set('step', 'you');
  await page.goto(dates.href);
  await expect(page.getByRole('heading', { level: 1, name: 'No date is left to book' })).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^(Continue|Book)/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Choose another time' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your regular time' })).toBeVisible();
});

test('the first three dates are held for somebody who types their name, and shown as taken to everybody else @one-size', async ({
  page,
  anotherPerson,
}) => {
  const other = await anotherPerson();
  await openDetails(page, dayIn(47));
  await page.getByLabel('Your name').focus();
  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: /^Four \w+days at/ })).toBeVisible();
  await expectAccessible(page);
  const address = page.url();

  // Somebody else with the same link sees which dates are taken, and is led to where each can be changed.
  await other.goto(address.replace('step=you', 'step=dates'));
  await expect(other.getByRole('radio').first()).toBeAttached();
  await other.getByRole('button', { name: /^Continue with these/ }).click();
  await expect(other.getByText(/[Hh]eld for you until/)).toBeVisible();
  await expect(other.getByRole('listitem').filter({ hasText: 'Moved' }).first()).toBeVisible();

  // On the way back and forth, a held date stays the reader's own.
  await page.getByRole('link', { name: 'Change these dates' }).click();
  await expect(page.getByText('All four dates are free.')).toBeVisible();
  await page.getByRole('button', { name: /^Continue with these/ }).click();
  await fillDetails(page, 'Holder');
  await page.getByRole('button', { name: 'Book all four' }).click();
  await page.waitForURL(/booked$/);
});

test('somebody who types is told that the dates are gone, and is not led away @one-size', async ({
  page,
  anotherPerson,
}) => {
  const other = await anotherPerson();
  await openDetails(page, dayIn(42));
  await other.goto(page.url());
  await page.getByLabel('Your name').focus();
  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();

  await other.getByLabel('Your name').pressSequentially('Kim Kept');
  const gone = other.getByText(/no longer free/);
  await expect(gone).toBeVisible();
  await expect(other.getByLabel('Your name')).toHaveValue('Kim Kept');
  await expectNoOverflow(other);
  await expectAccessible(other);
  await other.getByRole('link', { name: 'See which, and change them' }).click();
  await expect(other.getByText('Someone just took').first()).toBeVisible();
  await other.getByRole('button', { name: /^Continue with these/ }).click();
  await expect(other.getByLabel('Your name')).toHaveValue('Kim Kept');
  await expect(gone).toHaveCount(0);
});

test('"When suits you" is asked before the best times, and its answer survives a reload @no-script', async ({ page }, {
  project,
}) => {
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=4&step=time');
  const times = page.getByRole('navigation', { name: 'Time of day' });
  const people = page.getByRole('navigation', { name: 'With' });
  const best = page.locator('#best').getByRole('listitem');
  const evenings = async () => {
    await expect(times.getByRole('link', { name: 'Evenings' })).toHaveAttribute('aria-current', 'true');
    await expect(best).toHaveCount(5);
    for (const fit of await best.all()) await expect(fit).toContainText(/ at (1[7-9]|2\d):\d\d/);
    await expect(page.getByRole('heading', { name: 'All evening times' })).toBeVisible();
  };
  await expect(times.getByRole('link', { name: 'Any time' })).toHaveAttribute('aria-current', 'true');
  await expect(people.getByRole('link', { name: 'Anyone' })).toHaveAttribute('aria-current', 'true');
  await times.getByRole('link', { name: 'Evenings' }).click();
  await page.waitForURL(/part=evening/);
  await evenings();
  await page.reload();
  await evenings();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await people.getByRole('link', { name: 'Mira' }).click();
  await page.waitForURL(/therapist=mira/);
  await evenings();
  for (const fit of await best.all()) await expect(fit).toContainText('with Mira');

  // The grid of all times is still there.
  await page.getByRole('link', { name: /^Show all \d+ times$/ }).click();
  await expect(page.getByRole('heading', { name: 'All times' })).toBeVisible();
  await expect(times.getByRole('link', { name: 'Any time' })).toHaveAttribute('aria-current', 'true');

  // The waiting list has the times that were looked for.
  await times.getByRole('link', { name: 'Mornings' }).click();
  await page.waitForURL(/part=morning/);
  await page.getByRole('link', { name: 'Wait for a time' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Wait for a time' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Monday, before 12' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Monday, from 17' })).not.toBeChecked();
});

test('the answers are one stop of the Tab key, and the arrow keys go through them @desktop-only', async ({ page }) => {
  await page.goto('/book?type=swedish&minutes=60&cadence=biweekly&sessions=4&step=time&part=lunch');
  const times = page.getByRole('navigation', { name: 'Time of day' });
  await expect(times.locator('[tabindex="0"]')).toHaveText(/Lunch/);
  await times.getByRole('link', { name: 'Lunch' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(times.getByRole('link', { name: 'Afternoons' })).toBeFocused();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('navigation', { name: 'With' }).locator('a:focus')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.locator('#best a').first()).toBeFocused();
});

/** The Monday before the next change of Dublin's clocks, found day by day. */
function mondayBeforeChange(): number {
  const hourAt = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Dublin', hour: '2-digit', hourCycle: 'h23' }).format(at);
  const noon = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
  let change = noon;
  while (hourAt(change) === hourAt(noon)) change += DAY;
  return change - ((new Date(change).getUTCDay() + 6) % 7) * DAY;
}

test('the totals of a series follow the replacements that are chosen @one-size', async ({ page }) => {
  await chooseTimeWithOneClash(page);
  const sums = page.getByText(/^\d sessions, /);
  const eight = await sums.innerText();
  expect(eight).toMatch(/^8 sessions, /);
  await page.getByRole('radio').last().check({ force: true }); // "Skip" is the last choice; the radio itself is not visible
  await expect(sums).toHaveText(/^7 sessions, /);
  await expect(page.getByRole('button', { name: 'Continue with these 7 dates' })).toBeVisible();
  await page.getByRole('radio').first().check({ force: true });
  await expect(sums).toHaveText(eight);
  await expectAccessible(page);
});

test('what is typed and chosen survives a reload and the way back, and the page says when a hold ends @one-size', async ({
  page,
}) => {
  await page.clock.install();
  await chooseTimeWithOneClash(page);
  await page.getByRole('radio').last().check({ force: true }); // "Skip" is the last choice
  await expect(page.getByText(/^7 sessions, /)).toBeVisible();
  await page.reload();
  await expect(page.getByText('Skipped', { exact: true })).toBeVisible();
  await expect(page.getByText(/^7 sessions, /)).toBeVisible();
  // A free date can be skipped as well.
  await page.getByRole('checkbox', { name: /^Skip/ }).first().check();
  await expect(page.getByText(/^6 sessions, /)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Continue with these/ }).click();
  await expect(page.getByText(/^6 sessions, /)).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeVisible();

  await page.getByLabel('Your name').fill('Kit Kept');
  await page.getByLabel('E-mail').fill('kit@example.org');
  await page.getByLabel('Note for the therapist').fill('Left side.');
  const expectSummary = async () => {
    await expect(page.getByLabel('Your name')).toHaveValue('Kit Kept');
    await expect(page.getByLabel('E-mail')).toHaveValue('kit@example.org');
    await expect(page.getByLabel('Note for the therapist')).toHaveValue('Left side.');
  };
  await page.reload();
  await expectSummary();
  await page.getByRole('link', { name: 'Change these dates' }).click();
  await expect(page.getByText('Skipped', { exact: true })).toHaveCount(2);
  await page.goBack();
  await expectSummary();
  await page.getByRole('link', { name: 'Change these dates' }).click();
  await page.getByRole('button', { name: /^Continue with these/ }).click();
  await expectSummary();

  await expect(page.getByText(/[Hh]eld for you until \d\d:\d\d/)).toBeVisible();
  await page.clock.fastForward('16:00');
  await expect(page.getByText(/^These dates are no longer held for you/)).toBeVisible();
  await expect(page.getByText(/[Hh]eld for you until/)).toHaveCount(0);
  await expectSummary();

  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book all six' }).click();
  await page.waitForURL(/\/booked$/);
  const dates = page.url().replace(/\/booked$/, '');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'This plan is booked already' })).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveCount(0);
  await page.getByRole('link', { name: 'See what is booked' }).click();
  await page.waitForURL(dates);
});

test('a week of times is one stop of the Tab key, and the arrow keys go from one to the next @desktop-only', async ({
  page,
}) => {
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time');
  const times = page.getByRole('table').getByRole('link');
  await expect(page.locator('table a[tabindex="0"]')).toHaveCount(1);
  expect(await times.count()).toBeGreaterThan(20);
  const stop = page.locator('table a:focus');
  // Which cells have a neighbour depends on the hours: this finds one with a cell below it, and one with a cell to its
  // left.
  const begin = page.locator('table a[tabindex="0"]');
  const nextCell = page.locator('td:has(> a) + td > a').first();
  for (const [from, pressed, pressedBack] of [
    [begin, 'ArrowDown', 'ArrowUp'],
    [nextCell, 'ArrowLeft', 'ArrowRight'],
  ] as const) {
    await from.focus();
    const first = await stop.getAttribute('href');
    await page.keyboard.press(pressed);
    expect(await stop.getAttribute('href')).not.toBe(first);
    await expect(page.locator('table a[tabindex="0"]')).toHaveCount(1);
    await page.keyboard.press(pressedBack);
    expect(await stop.getAttribute('href')).toBe(first);
  }
  await page.keyboard.press('Tab');
  await expect(page.locator('table a:focus')).toHaveCount(0);
});

test('a day of times has its full name for screen readers, and the choice shows without colours @phone-only', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=massage');
  const edge = (name: RegExp) =>
    page
      .getByRole('radio', { name })
      .locator('xpath=..')
      .evaluate((label) => getComputedStyle(label).borderTopWidth);
  expect(await edge(/^Swedish .*Chosen|^Swedish Long/)).toBe('3px');
  expect(await edge(/^Sports Deeper/)).not.toBe('3px');
  await page.getByRole('button', { name: 'See the times' }).click();
  const day = page.getByRole('navigation', { name: 'Days' }).getByRole('link').first();
  await expect(day).toHaveAccessibleName(/^\w+day \d+ \w+, \d+ times?$/);
});

test.describe('the form of a plan', () => {
  test.use({ expectedNoise: [/ERR_FAILED/] });

  test('a plan is drawn anew after each choice, each option keeps its value, and a lost answer is said @one-size', async ({
    page,
  }) => {
    await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=4');
    const words = page.locator('#plan-in-words');
    const field = page.getByRole('textbox', { name: 'Number of sessions' });
    for (let press = 0; press < 2; press++) await page.getByRole('button', { name: 'One more' }).click();
    await expect(field).toHaveValue('6');
    await expect(page).toHaveURL(/sessions=6/);
    await page.getByRole('button', { name: 'One fewer' }).click();
    await expect(page).toHaveURL(/sessions=5/);
    await expect(words).toContainText(/five|5/i);

    // The answer comes late: meanwhile the focus moves to a therapist who does not give the massage just chosen.
    const therapists = page.getByRole('group', { name: 'Therapist' }).getByRole('radio');
    const listTherapists = () => therapists.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
    const before = await listTherapists();
    let answer = () => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/book?*', async (route) => {
      if (route.request().resourceType() === 'fetch') await late;
      await route.fallback();
    });
    await page
      .getByRole('radio', { name: /^Deep tissue/ })
      .first()
      .check({ force: true });
    await expect(words).toHaveAttribute('aria-busy', 'true');
    await therapists.last().focus();
    answer();
    await expect(page).toHaveURL(/type=deep-tissue/);
    await expect(words).not.toHaveAttribute('aria-busy');
    expect(await listTherapists()).not.toEqual(before);
    for (const value of (await listTherapists()).filter(Boolean))
      await expect(page.locator(`input[name=therapist][value=${value}]`)).toHaveAccessibleName(
        new RegExp(`^${value}`, 'i'),
      );
    await page.unrouteAll({ behavior: 'wait' });

    await page.route('**/book?*', (route) =>
      route.request().resourceType() === 'fetch' ? route.abort() : route.fallback(),
    );
    await page.getByRole('radio', { name: 'Every 2 weeks' }).check({ force: true });
    await expect(words).toHaveText(/^Press “See the times”/);
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('button', { name: 'See the times' }).click();
    await expect(page).toHaveURL(/cadence=biweekly.*step=time/);
  });
});

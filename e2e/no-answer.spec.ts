import type { Locator, Page, Route } from '@playwright/test';
import { book, dayFromToday, type Opening, openings } from '../scripts/prove/api-client';
import {
  chooseFirstFreeTime,
  expect,
  expectAccessible,
  expectNoOverflow,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// A form gets something else than its answer: there is no network, a proxy is in between, the server is busy, or it
// runs another version by now. What was typed stays where it is, the page says what happened, and the same button works
// later. Only the calendar is drawn differently on a wide screen.

test.use({
  expectedNoise: [
    /^Failed to load resource|^net::ERR_(CONNECTION_RESET|INTERNET_DISCONNECTED)|^(404|413|429|502|503|504) POST /,
  ],
});

const DAY = 86_400_000;
const WEEKS_AHEAD = 52; // the booking pages show 400 days, and the second journey books two weeks later
const DAYS_AHEAD = 360; // days: programs may book up to 400

const isAction = (route: Route) => 'next-action' in route.request().headers();

type Reply = (route: Route) => Promise<void>;

const html = (status: number): Reply => {
  return (route) => route.fulfill({ status, contentType: 'text/html', body: `<h1>${status} from a proxy</h1>` });
};
const fromGate = (status: number, body: string): Reply => {
  return (route) => route.fulfill({ status, contentType: 'text/plain', body });
};

/** What may come in place of an answer, and what the page says then. */
const replies: [string, Reply, RegExp][] = [
  ['a proxy’s 502', html(502), /^No answer came back/],
  ['a proxy’s 504', html(504), /^No answer came back/],
  ['a captive portal’s 200', html(200), /^No answer came back/],
  ['a cut connection', (route) => route.abort('connectionreset'), /^No answer came back/],
  ['a busy server', fromGate(503, 'busy'), /^We are very busy just now/],
  ['too many requests', fromGate(429, 'rate_limited'), /^We are very busy just now/],
  ['a body that is too large', fromGate(413, 'too_large'), /^That is too long to send/],
  [
    'a server of another version',
    (route) => route.fulfill({ status: 404, headers: { 'x-nextjs-action-not-found': '1' }, body: '' }),
    /^This page is out of date/,
  ],
];

/**
 * Presses the button once for each of these, and once without a network. What was typed must still be there after each.
 */
async function pressInVain(
  page: Page,
  name: RegExp | string,
  expectUnchanged: () => Promise<void>,
  within: Page | Locator = page,
): Promise<void> {
  const button = within.getByRole('button', { name });
  const alert = page.getByRole('main').getByRole('alert');
  let reply: Reply | null = null;
  const intercept = (route: Route) => (reply && isAction(route) ? reply(route) : route.fallback());
  await page.route('**/*', intercept);
  for (const [what, next, words] of replies) {
    reply = next;
    await button.click();
    await expect(alert, what).toHaveText(words);
    await expect(alert.locator('xpath=..'), what).toBeFocused();
    await expectUnchanged();
  }
  await expectNoOverflow(page);
  await page.unroute('**/*', intercept);
  await page.context().setOffline(true);
  await button.click();
  await expect(alert, 'no network').toHaveText(/^You seem to be offline/);
  await expectUnchanged();
  await page.context().setOffline(false);
}

/** The server gets the form, but its answer, with the cookies that it sets, is lost on the way back. */
async function loseAnswer(page: Page, button: RegExp | string): Promise<void> {
  const context = page.context();
  const before = await context.cookies();
  const intercept = async (route: Route) => {
    if (!isAction(route)) return route.fallback();
    await route.fetch({ maxRedirects: 0 });
    await context.clearCookies();
    await context.addCookies(before);
    await route.abort('connectionreset');
  };
  await page.route('**/*', intercept);
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/^No answer came back/);
  await page.unroute('**/*', intercept);
}

test('48 a booking that gets no answer is not lost, and is made once @one-size', async ({ page }) => {
  test.setTimeout(240_000); // forty presses, on a machine that may have other work
  const week = new Date(Date.now() + WEEKS_AHEAD * 7 * DAY).toISOString().slice(0, 10);
  await page.goto(`/book?type=swedish&minutes=60&cadence=weekly&sessions=2&therapist=aoife&step=time&week=${week}`);
  await page
    .getByRole('link', { name: /with Aoife/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /^Two \w+days at/ })).toBeVisible();
  const change = page.getByRole('link', { name: 'Change these dates' });
  if (await change.isVisible()) await change.click();
  await expect(page.getByRole('button', { name: /^Continue with these/ })).toBeVisible();
  await loseAnswer(page, /^Continue with these/); // the first form that this browser sends
  await pressInVain(page, /^Continue with these/, () => expect(page.getByRole('listitem').first()).toBeVisible());
  await page.getByRole('button', { name: /^Continue with these/ }).click();

  const email = 'lost@example.org';
  await page.getByLabel('Your name').fill('Lena Lost');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Phone').fill('+353 1 555 0142');
  await page.getByLabel('Note for the therapist').fill('Left side.');
  await tickBookingConsents(page);
  const expectUnchanged = async () => {
    await expect(page.getByLabel('Your name')).toHaveValue('Lena Lost');
    await expect(page.getByLabel('E-mail')).toHaveValue(email);
    await expect(page.getByLabel('Phone')).toHaveValue('+353 1 555 0142');
    await expect(page.getByLabel('Note for the therapist')).toHaveValue('Left side.');
    await expect(page.getByRole('checkbox', { name: 'None of these applies to me' })).toBeChecked();
  };
  await pressInVain(page, 'Book both', expectUnchanged);
  await expectAccessible(page);
  await loseAnswer(page, 'Book both');
  await expectUnchanged();
  await page.getByRole('button', { name: 'Book both' }).click();
  await page.waitForURL(/\/booked$/);
  await page.goto(page.url().replace(/\/booked$/, ''));
  await expect(page.getByText('Booked', { exact: true })).toHaveCount(2);

  await page.getByRole('link', { name: /^Move/ }).first().click();
  await page
    .locator('#free')
    .getByRole('link', { name: /\d\d:\d\d$/ })
    .last()
    .click();
  const moved = page.locator('#to b').first();
  const to = await moved.innerText();
  await pressInVain(page, 'Move it', () => expect(moved).toHaveText(to));
  await page.getByRole('button', { name: 'Move it' }).click();
  await page.waitForURL(/flash=moved/);

  await page
    .getByRole('link', { name: /^Cancel/ })
    .first()
    .click();
  await pressInVain(page, /^Cancel/, () =>
    expect(page.getByRole('heading', { level: 1, name: /^Cancel/ })).toBeVisible(),
  );
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.waitForURL(/flash=cancelled/);

  await page.goto('/manage');
  await page.getByLabel('E-mail').fill(email);
  await pressInVain(page, 'Ask for my link', () => expect(page.getByLabel('E-mail')).toHaveValue(email));
  await page.getByRole('button', { name: 'Ask for my link' }).click();
  await expect(page.getByText('This server sends no e-mail yet')).toBeVisible();
});

test('48 a question that gets no answer is not lost, and is asked once @one-size', async ({ page, anotherPerson }) => {
  const email = 'unheard@example.org';
  const words = `Does it help a stiff jaw? ${email}`;
  await page.goto('/questions/ask');
  await page.getByRole('textbox', { name: 'Your question' }).fill(words);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('checkbox').check();
  const expectUnchanged = async () => {
    await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue(words);
    await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email);
    await expect(page.getByRole('checkbox')).toBeChecked();
  };
  await pressInVain(page, 'Send my question', expectUnchanged);
  await loseAnswer(page, 'Send my question');
  await expectUnchanged();
  await page.getByRole('button', { name: 'Send my question' }).click();
  await expect(page.getByText('Thank you, we have it')).toBeVisible();

  const practice = await anotherPerson();
  await signInAs(practice, 'owner', '/practice/questions');
  const row = practice.getByRole('listitem').filter({ hasText: email });
  await expect(row).toHaveCount(1);
  await row.getByLabel('Answered by').selectOption('neck-pain');
  const chosen = () => expect(row.getByLabel('Answered by')).toHaveValue('neck-pain');
  await pressInVain(practice, 'Mark as answered', chosen, row);
  await row.getByRole('button', { name: 'Mark as answered' }).click();
  await expect(practice.getByText('nobody has been written to')).toBeVisible();
});

test('a question whose answer takes long says so, and is sent once however often the button is pressed @one-size', async ({
  page,
}) => {
  await page.clock.install();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let sent = 0;
  await page.route('**/*', async (route) => {
    if (!isAction(route)) return route.fallback();
    sent += 1;
    await held;
    await route.continue();
  });
  await page.goto('/questions/ask');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Does it help a slow line?');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('slow@example.org');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Send my question' }).click();
  await expect(page.getByRole('button', { name: 'Sending…' })).toBeVisible();
  await page.getByRole('textbox', { name: 'E-mail' }).press('Enter');
  await page.clock.fastForward(16_000);
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/^No answer yet/);
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('Does it help a slow line?');
  letGo();
  await expect(page.getByText('Thank you, we have it')).toBeVisible();
  expect(sent).toBe(1);
});

test('a booking whose answer never comes can be sent again, and is made once @one-size', async ({ page }) => {
  await page.clock.install();
  const week = new Date(Date.now() + (WEEKS_AHEAD + 2) * 7 * DAY).toISOString().slice(0, 10);
  await page.goto(`/book?type=swedish&minutes=60&cadence=once&therapist=aoife&step=time&week=${week}`);
  await page
    .getByRole('link', { name: /with Aoife/ })
    .first()
    .click();
  await page.getByLabel('Your name').fill('Hanna Held');
  await expect(page.getByText(/^.*[Hh]eld for you until/)).toBeVisible();
  await page.getByLabel('E-mail').fill('held@example.org');
  await tickBookingConsents(page);

  const button = page.getByRole('button', { name: /^Book/ });
  let sent = 0;
  await page.route('**/*', async (route) => {
    if (!isAction(route)) return route.fallback();
    sent += 1;
    if (sent === 1) return; // the request never reaches the server, and no error comes back
    if (sent === 2) return void (await route.fetch({ maxRedirects: 0 })); // the server books, but its answer never comes
    await route.continue();
  });
  for (const time of ['first', 'second']) {
    await button.click();
    await expect(button, time).toHaveText('Booking…');
    await expect.poll(() => sent).toBe(time === 'first' ? 1 : 2);
    await page.clock.fastForward(21_000);
    await expect(page.getByRole('main').getByRole('alert'), time).toHaveText(/^There is no answer/);
    await expect(page.getByLabel('Your name')).toHaveValue('Hanna Held');
    await expect(page.getByRole('checkbox', { name: 'None of these applies to me' })).toBeChecked();
    await expect(button, time).not.toHaveText('Booking…');
  }
  await button.click();
  await page.waitForURL(/\/booked$/);
  await page.goto(page.url().replace(/\/booked$/, ''));
  await expect(page.getByText('Booked', { exact: true })).toHaveCount(1);
  expect(sent).toBe(3);
});

/** Books two weekly hours with Mira that no other journey touches, and returns the first. */
async function bookTwoWeeks(origin: string): Promise<{ uid: string; on: string }> {
  const free = await openings(origin, dayFromToday(DAYS_AHEAD), 14, { therapist: 'mira' });
  const dayAndTime = ({ startsAt }: Opening, later = 0) =>
    new Date(Date.parse(`${startsAt.slice(0, 16)}Z`) + later * DAY).toISOString();
  const pairs = free.map((first) => [first, free.find((next) => dayAndTime(next) === dayAndTime(first, 7))]);
  const starts = pairs.find((pair) => pair[1])?.map((start) => start!.startsAt) ?? [];
  const { status, body } = await book(origin, { therapist: 'mira', starts });
  expect(status, JSON.stringify(body)).toBe(201);
  return { uid: body.appointments![0]!.uid, on: starts[0]!.slice(0, 10) };
}

test('48 a calendar change that gets no answer leaves the calendar as it is', async ({ page, baseURL }) => {
  const { uid, on } = await bookTwoWeeks(baseURL!);
  await signInAs(page, 'therapist');
  await page.goto(`/practice/calendar?on=${on}&view=week&open=${uid}`);
  await page.getByRole('link', { name: 'Cancel this appointment' }).click();
  const scope = page.getByRole('radio').last();
  await scope.check();
  await pressInVain(page, 'Cancel it', () => expect(scope).toBeChecked());
  await page.getByRole('link', { name: 'Don’t cancel' }).click();
  await page.getByRole('link', { name: 'Move this appointment' }).click();
  await chooseFirstFreeTime(page);
  const free = page.getByRole('group', { name: /^Free on/ }).getByRole('radio');
  await pressInVain(page, 'Move it', () => expect(free.first()).toBeChecked());
});

test('48 a calendar undo that gets no answer says so, also after its ten seconds @one-size', async ({
  page,
  baseURL,
}) => {
  const { uid, on } = await bookTwoWeeks(baseURL!);
  await signInAs(page, 'therapist');
  await page.goto(`/practice/calendar?on=${on}&view=week&open=${uid}&ask=cancel`);
  await page.getByRole('button', { name: 'Cancel it' }).click();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeVisible();
  await page.route('**/*', async (route) => {
    if (!isAction(route)) return route.fallback();
    await new Promise((go) => setTimeout(go, 11_000));
    await route.abort('connectionreset');
  });
  await undo.click();
  const answer = page.getByRole('main').getByRole('alert').filter({ hasText: 'No answer came back' });
  await expect(answer).toBeVisible({ timeout: 20_000 });
  await expect(undo).toBeVisible();
});

test('48 settings that get no answer stay as they were typed @one-size', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/embed');
  const sites = page.getByRole('textbox', { name: 'Sites' });
  await sites.fill('https://a.example');
  await pressInVain(page, 'Save', () => expect(sites).toHaveValue('https://a.example'));
  await page.goto('/practice/unconfirmed');
  const number = page.getByRole('textbox', { name: 'Sessions of one e-mail address' });
  await number.fill('27');
  await page.getByRole('radio', { name: /^Confirm first/ }).check();
  await pressInVain(page, 'Save', async () => {
    await expect(number).toHaveValue('27');
    await expect(page.getByRole('radio', { name: /^Confirm first/ })).toBeChecked();
  });
});

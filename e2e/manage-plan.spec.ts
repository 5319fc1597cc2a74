import type { Page } from '@playwright/test';
import { bookingRequestBody, dayFromToday, openings } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, readMail, test, tickBookingConsents } from './fixtures';

// What a client can do with a whole plan by its link alone: move it, and extend it.

const DAY = 86_400_000;
// Six weeks for each screen size alone, and the six weeks after them.
const weeksAhead: Record<string, number> = { phone: 20, desktop: 26, 'no-script': 32 };

/**
 * Three dates with Aoife in weeks of this screen size's own, booked by the API; and another hour of that day. At both,
 * two more are free after them.
 */
async function bookPlan(page: Page, project: string): Promise<{ manage: string; otherTime: string }> {
  const from = new Date(Date.now() + (weeksAhead[project] ?? 20) * 7 * DAY).toISOString().slice(0, 10);
  const query = `service=swedish&minutes=60&cadence=weekly&sessions=5&therapist=aoife&from=${from}`;
  const { standingTimes } = (await (await page.request.get(`/api/v1/standing-times?${query}`)).json()) as {
    standingTimes: { firstOn: string; time: string; open: number; clashes: unknown[] }[];
  };
  const whole = standingTimes.filter(({ open, time }) => open === 5 && /^(09|1[0-3]):[03]0$/.test(time));
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const [wholePlan, otherPlan] =
    whole
      .flatMap((plan) => whole.map((other) => [plan, other] as const))
      .find(([plan, other]) => plan.firstOn === other.firstOn && minuteOf(other.time) - minuteOf(plan.time) >= 90) ??
    [];
  if (!wholePlan || !otherPlan) throw new Error('Aoife has no day with two free hours.');
  const first = `days=1&service=swedish&minutes=60&therapist=aoife&from=`;
  const starts: string[] = [];
  for (let week = 0; week < 3; week++) {
    const on = new Date(Date.parse(wholePlan.firstOn) + week * 7 * DAY).toISOString().slice(0, 10);
    const { openings } = (await (await page.request.get(`/api/v1/openings?${first}${on}`)).json()) as {
      openings: { startsAt: string }[];
    };
    starts.push(openings.find(({ startsAt }) => startsAt.includes(`T${wholePlan.time}`))?.startsAt ?? '');
  }
  const answer = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `plan-${project}-${Date.now()}` },
    data: {
      service: 'swedish',
      minutes: 60,
      cadence: 'weekly',
      appointments: starts.map((startsAt) => ({ startsAt, therapist: 'aoife' })),
      client: { name: `Plan ${project}`, email: `plan.${project}@example.org` },
    },
  });
  const { manageToken } = (await answer.json()) as { manageToken: string };
  return { manage: `/manage/${manageToken}`, otherTime: otherPlan.time };
}

test('a client moves a whole plan and extends it, each date shown first @no-script', async ({ page }, { project }) => {
  test.slow(); // a week of times and two lists, each checked as a whole
  const { manage, otherTime } = await bookPlan(page, project.name);
  const isScripted = project.name !== 'no-script';
  const isNarrow = project.name !== 'desktop';
  await page.goto(manage);
  await expect(page.getByRole('button', { name: 'Copy the link' })).toHaveCount(isScripted ? 1 : 0);
  await page.getByRole('link', { name: /^Move/ }).first().click();
  await page.getByRole('link', { name: 'All upcoming' }).click();
  const many = page.getByRole('navigation', { name: 'How much to move' });
  await expect(many.getByRole('link')).toHaveText(['Only this date', 'All upcoming (3)']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Move .+ and your two other upcoming dates$/);
  // Another hour of the same day: no holiday can then be in the way of the other dates.
  const [, weekday, number, month] = (await page.getByRole('heading', { level: 1 }).innerText()).split(' ');
  if (isScripted) await expectAccessible(page);
  await expectNoOverflow(page);
  if (isNarrow) await page.getByRole('link', { name: new RegExp(`^${weekday} ${number} ${month}, `) }).click();
  const free = new RegExp(`^${weekday} ${number} ${month} at ${otherTime} with Aoife ?, 3 of 3`);
  await page.locator('#times').getByRole('link', { name: free }).click();
  await expect(page.getByText('Free', { exact: true })).toHaveCount(3);
  const time = (await page.locator('#to b').first().innerText()).split(' at ')[1];
  if (isScripted) await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Move these three' }).click();
  await page.waitForURL(/flash=moved_along/);
  await expect(page.getByText('Three dates are moved')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: `Three ${weekday}s at ${time}` })).toBeVisible();

  await page.getByRole('link', { name: 'Add more dates' }).click();
  await page.getByRole('link', { name: '2 more', exact: true }).click();
  await expect(page.getByText('Free', { exact: true })).toHaveCount(2);
  if (isScripted) await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Book these two' }).click();
  await page.waitForURL(/flash=extended/);
  await expect(page.getByText('Two dates are booked')).toBeVisible();
  await expect(page.locator('#flash')).toContainText(
    new RegExp(`${weekday!.slice(0, 3)} .+ and ${weekday!.slice(0, 3)} .+, ${time}`),
  );
  await expect(page.getByRole('heading', { level: 1, name: `Five ${weekday}s at ${time}` })).toBeVisible();
  await expect(page.getByText('Booked', { exact: true })).toHaveCount(5);
});

test('booking again from a plan fills in the details, and empties them for somebody else @one-size @no-script', async ({
  page,
  baseURL,
}, { project }) => {
  const email = `again.${project.name}@example.org`;
  const [free] = await openings(baseURL!, dayFromToday(project.name === 'phone' ? 30 : 44), 14, { therapist: 'aoife' });
  const booked = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': email },
    data: {
      ...bookingRequestBody({ therapist: 'aoife', starts: [free!.startsAt] }),
      client: { name: 'Ada Again', email },
    },
  });
  const { manageToken } = (await booked.json()) as { manageToken: string };
  await page.goto(`/manage/${manageToken}/extend`);
  await page.waitForURL(/\/book\?/);
  expect(page.url()).not.toContain(manageToken);
  await page.locator('#best a').first().click();
  await expect(page.getByLabel('Your name')).toHaveValue('Ada Again');
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'I’m someone else' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('');
  await expect(page.getByLabel('E-mail')).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Book it' })).toBeVisible();
});

test('a plan is extended although one date is taken: it is booked at another time @one-size @no-script', async ({
  page,
  baseURL,
}, { project }) => {
  const from = dayFromToday(project.name === 'phone' ? 270 : 300);
  const free = await openings(baseURL!, from, 28, { therapist: 'aoife' });
  const placeOf = (startsAt: string) => `${new Date(startsAt.slice(0, 10)).getUTCDay()} ${startsAt.slice(11, 16)}`;
  // Four weeks in which one day and hour is free each time.
  const starts = free
    .map((first) => free.filter(({ startsAt }) => placeOf(startsAt) === placeOf(first.startsAt)))
    .find((same) => same.length === 4)!
    .map(({ startsAt }) => startsAt);
  const book = async (name: string, dates: string[]) => {
    const email = `${name}.more.${project.name}@example.org`;
    const answer = await page.request.post('/api/v1/series', {
      headers: { 'Idempotency-Key': email },
      data: { ...bookingRequestBody({ therapist: 'aoife', starts: dates }), client: { name, email } },
    });
    return ((await answer.json()) as { manageToken: string }).manageToken;
  };
  const token = await book('Mo', starts.slice(0, 2));
  await book('Inway', [starts[2]!]);

  await page.goto(`/manage/${token}/extend?more=2`);
  await expect(page.getByText('Aoife is booked at that time.')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await expect(page.getByRole('radio').first()).toBeChecked();
  const chosen = await page.locator('#date-3 label b').first().innerText();
  await page.getByRole('button', { name: 'Book these dates' }).click();
  await page.waitForURL(/flash=extended/);
  await expect(page.getByText('Two dates are booked')).toBeVisible();
  await expect(page.locator('#flash')).toContainText(chosen.split(',')[0]!);
  await expect(page.getByText('Booked', { exact: true })).toHaveCount(4);
});

test('a date that its client cancelled is booked again, and named @one-size @no-script', async ({
  page,
  browser,
  baseURL,
}, { project }) => {
  const email = `restored.${project.name}@example.org`;
  const [free] = await openings(baseURL!, dayFromToday(project.name === 'phone' ? 72 : 86), 14, { therapist: 'aoife' });
  const booked = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': email },
    data: {
      ...bookingRequestBody({ therapist: 'aoife', starts: [free!.startsAt] }),
      client: { name: 'Rory Restored', email },
    },
  });
  const { manageToken } = (await booked.json()) as { manageToken: string };
  await page.goto(`/manage/${manageToken}`);
  await page.getByRole('link', { name: /^Cancel / }).click();
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.waitForURL(/flash=cancelled/);
  await page.getByRole('link', { name: /^Book this date again/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Book this date again' })).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this one' }).click();
  await page.waitForURL(/flash=extended/);
  await expect(page.getByText(/ is booked$/)).toBeVisible();
  await expect(page.locator('#date-1').getByText('Booked', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Book this date again/ })).toHaveCount(0);
  const subjects = (await readMail(browser, page, email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.startsWith('Booked'))).toHaveLength(2);
});

test('a date that clashes when a plan moves can stay where it is @one-size @no-script', async ({ page }, {
  project,
}) => {
  test.slow();
  // Weeks that the plan of no screen size reaches.
  const week = project.name === 'no-script' ? 47 : 44;
  const from = new Date(Date.now() + week * 7 * DAY).toISOString().slice(0, 10);
  const query = `service=swedish&minutes=60&cadence=weekly&sessions=3&therapist=aoife&from=${from}`;
  const { standingTimes } = (await (await page.request.get(`/api/v1/standing-times?${query}`)).json()) as {
    standingTimes: { firstOn: string; time: string; open: number }[];
  };
  const wholePlans = standingTimes.filter(({ open, time }) => open === 3 && /:[03]0$/.test(time));
  // Two free hours of one day, too far apart to overlap.
  const [was, to] =
    wholePlans
      .flatMap((plan) =>
        wholePlans.filter((other) => other.firstOn === plan.firstOn).map((other) => [plan, other] as const),
      )
      .find(([early, late]) => Number(late.time.slice(0, 2)) - Number(early.time.slice(0, 2)) >= 3) ?? [];
  if (!was || !to) throw new Error('Aoife has no day with two free hours.');
  const startsOf = async (time: string, weeks: number[]) => {
    const starts: string[] = [];
    for (const week of weeks) {
      const on = new Date(Date.parse(was.firstOn) + week * 7 * DAY).toISOString().slice(0, 10);
      const query = `days=1&service=swedish&minutes=60&therapist=aoife&from=${on}`;
      const { openings } = (await (await page.request.get(`/api/v1/openings?${query}`)).json()) as {
        openings: { startsAt: string }[];
      };
      starts.push(openings.find(({ startsAt }) => startsAt.includes(`T${time}`))?.startsAt ?? '');
    }
    return starts;
  };
  const book = async (who: string, starts: string[]) => {
    const answer = await page.request.post('/api/v1/series', {
      headers: { 'Idempotency-Key': `${who}-${project.name}-${Date.now()}` },
      data: {
        service: 'swedish',
        minutes: 60,
        cadence: starts.length === 1 ? 'once' : 'weekly',
        appointments: starts.map((startsAt) => ({ startsAt, therapist: 'aoife' })),
        client: { name: `${who} ${project.name}`, email: `${who}.${project.name}@example.org` },
      },
    });
    return ((await answer.json()) as { manageToken: string }).manageToken;
  };
  const token = await book('stays', await startsOf(was.time, [0, 1, 2]));
  await book('inway', await startsOf(to.time, [1]));

  await page.goto(`/manage/${token}`);
  await page.getByRole('link', { name: /^Move/ }).first().click();
  await page.getByRole('link', { name: 'All upcoming' }).click();
  const [, weekday, number, month] = (await page.getByRole('heading', { level: 1 }).innerText()).split(' ');
  await page.getByRole('link', { name: new RegExp(`^${weekday} ${number} ${month}, `) }).click();
  const cell = new RegExp(`^${weekday} ${number} ${month} at ${to.time} with Aoife ?, 2 of 3 free`);
  await page.locator('#times').getByRole('link', { name: cell }).click();
  await expect(page.getByText('Aoife is booked at that time.')).toBeVisible();
  await page.getByText(/^Leave it on/).click();
  if (project.name !== 'no-script') await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Move my dates' }).click();
  await page.waitForURL(/flash=moved_along/);
  await expect(
    page.getByRole('heading', { level: 1, name: `Three dates, two of them ${weekday}s at ${to.time}` }),
  ).toBeVisible();
  await expect(page.getByText('Two dates are moved')).toBeVisible();
  // It was never booked at the other hour, only the others are there now.
  await expect(page.locator('#date-2').getByText('not at your usual time')).toBeVisible();
  await expect(page.locator('#date-2').getByText('Booked', { exact: true })).toBeVisible();

  // The next move counts only the two that follow the plan, and says why the other one stays.
  await page.getByRole('link', { name: /^Move/ }).first().click();
  await page.getByRole('link', { name: 'All upcoming (2)' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^Move .+ and one of your two other upcoming dates$/,
  );
  await expect(page.getByText(`stays at ${was.time}: it has a time of its own.`)).toBeVisible();
  await expect(page.getByText('how many of these two dates are free')).toBeVisible();
});

test('a skipped date is offered while it is free, and can be booked again @one-size @no-script', async ({ page }, {
  project,
}) => {
  const from = new Date(Date.now() + ((weeksAhead[project.name] ?? 20) + 18) * 7 * DAY).toISOString().slice(0, 10);
  const query = 'service=swedish&minutes=60&cadence=weekly&sessions=3&therapist=aoife';
  const { standingTimes } = (await (await page.request.get(`/api/v1/standing-times?${query}&from=${from}`)).json()) as {
    standingTimes: { firstOn: string; time: string; open: number }[];
  };
  const { firstOn = '', time = '' } = standingTimes.find(({ open }) => open === 3) ?? {};
  const plan = 'type=swedish&minutes=60&cadence=weekly&sessions=3&step=dates&with=aoife&d2=skip';
  await page.goto(`/book?${plan}&on=${firstOn}&time=${time}`);
  await expect(page.getByText('Skipped', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Continue with these 2 dates' }).click();
  await page.getByLabel('Your name').fill('Sile Skip');
  await page.getByLabel('E-mail').fill(`skip.${project.name}@example.org`);
  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book both' }).click();
  await page.waitForURL(/\/booked$/);
  await page.goto(page.url().replace(/\/booked$/, ''));
  await page.getByRole('link', { name: /^Book it after all/ }).click();
  await expect(page.getByText('€68, paid at the visit')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'Book this one' }).click();
  await page.waitForURL(/flash=extended/);
  await expect(page.getByText('Skipped', { exact: true })).toHaveCount(0);
  await expect(page.locator('#date-2').getByText('Booked', { exact: true })).toBeVisible();
});

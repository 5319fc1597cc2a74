import { expect, expectAccessible, expectNoOverflow, pressInToolbar, readMail, signInAs, test } from './fixtures';

// A therapist takes a booked day off: the bookings are shown first, and cancelled in the same step.

test('time off over a booked appointment names it, and cancels it when told to @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  const client = await anotherPerson();
  // In weeks in which no other journey holds a time with Mira: a held time keeps her from taking the day off.
  const days = project.name === 'phone' ? 315 : 322;
  const on = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { openings } = await (
    await client.request.get(`/api/v1/openings?service=swedish&minutes=60&from=${on}&days=7&therapist=mira`)
  ).json();
  const { startsAt } = openings[0];
  const email = `off-${project.name}@example.org`;
  const booked = await client.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `off-${project.name}-${startsAt}` },
    data: {
      service: 'swedish',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt, therapist: 'mira' }],
      client: { name: 'Orla Finn', email },
    },
  });
  expect(booked.status()).toBe(201);
  const day = startsAt.slice(0, 10);

  await signInAs(page, 'therapist', '/practice/calendar');
  await pressInToolbar(page, 'Ill, or time off');
  await page.getByLabel('First day').fill(day);
  await page.getByLabel('Last day').fill(day);
  await page.getByRole('button', { name: 'See what is booked then' }).click();
  const row = page.getByRole('group', { name: /^Orla Finn/ });
  await expect(row).toContainText('Swedish');
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await row.getByLabel('Cancel').check();
  await page.getByRole('button', { name: /\b(cancel 1\b|each date as chosen)/i }).click();
  await expect(page.locator('#flash').getByText('Nobody can book that time now.')).toBeVisible();
  const { openings: remaining } = await (
    await client.request.get(`/api/v1/openings?service=swedish&minutes=60&from=${day}&days=1&therapist=mira`)
  ).json();
  expect(remaining).toEqual([]);
  const [message] = await readMail(browser, page, email);
  expect(message?.subject).toContain('Cancelled');

  // Found by its day, because other journeys take time off too.
  const month = new Date(day).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  const ofThisDay = new RegExp(`^Remove \\S+ ${Number(day.slice(8))} ${month}`);
  await page.getByRole('button', { name: ofThisDay }).click();
  await expect(page.getByText('That time can be booked again.')).toBeVisible();
  const { openings: again } = await (
    await client.request.get(`/api/v1/openings?service=swedish&minutes=60&from=${day}&days=1&therapist=mira`)
  ).json();
  expect(again.length).toBeGreaterThan(0);
});

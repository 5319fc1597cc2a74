import {
  expect,
  expectAccessible,
  expectNoOverflow,
  expectValidHtml,
  readMail,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// Two people at one time: two therapists, two rooms, and a link for each person.

const DAY = 86_400_000;

test('two people book one time together, and one of them cancels @one-size @no-script', async ({ page, browser }, {
  project,
}) => {
  const isScripted = project.name !== 'no-script';
  const email = `pair.${project.name}@example.org`;
  // Each run of this journey has weeks of its own.
  const week = new Date(Date.now() + (isScripted ? 21 : 49) * DAY).toISOString().slice(0, 10);
  await page.goto(`/book?type=sports&minutes=60&cadence=weekly&sessions=3&week=${week}&step=time`);
  await page.getByRole('link', { name: 'Look for times for two, side by side' }).click();
  await expect(page.getByText('for two side by side')).toBeVisible();
  await expectNoOverflow(page);
  await page
    .locator('#best')
    .getByRole('link', { name: / and .* all 3/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Three \w+days at /);
  await expect(page.getByText('3 sessions for two')).toBeVisible();

  await page.getByLabel('Your name').fill('Ana Pair');
  await page.getByLabel('E-mail').fill(email);
  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book all three' }).click();
  await expect(page.getByText('Enter the name of the person who comes.')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Ana Pair');
  await page.getByLabel('Name of the person who comes with you').fill('Ben Pair');
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  else await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book all three' }).click();

  await expect(page.getByText('Booked, three dates each')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ben Pair' })).toBeVisible();
  await expectValidHtml(page);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  const links = await page
    .locator('main a[href*="/manage/"]:not([download])')
    .evaluateAll((found) => [
      ...new Set(found.map((link) => link.getAttribute('href')!).filter((href) => /^\/manage\/[\w-]{43}$/.test(href))),
    ]);
  expect(links).toHaveLength(2);
  const [ofBen, ofAna] = links as [string, string];

  // One e-mail for each person, and neither names anybody before the address is confirmed.
  const mails = (await readMail(browser, page, email)).filter(({ subject }) => subject.startsWith('Booked'));
  expect(mails).toHaveLength(2);
  expect(
    mails.map(({ text }) => /^(Somebody else|You) comes? at the same time, and (is|are) with /m.exec(text)?.[1]).sort(),
  ).toEqual(['Somebody else', 'You']);

  await page.goto(ofAna);
  await expect(page.getByText(/Ben Pair comes at the same time, and is with /)).toBeVisible();
  await page.getByRole('link', { name: 'Add more dates' }).click();
  await expect(page.getByText('This is only for Ana Pair. The dates of Ben Pair stay as they are')).toBeVisible();
  await expectNoOverflow(page);
  await page.goBack();
  await page.getByRole('link', { name: /^Cancel all three/ }).click();
  await expect(page.getByRole('group', { name: /Ben Pair comes at the same time/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'No, only for Ana Pair' })).toBeChecked();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('link', { name: 'Only this date' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Cancel \w+day/);
  await page.getByRole('button', { name: /^Cancel / }).click();
  await expect(page.getByText(/is cancelled$/)).toBeVisible();

  // The other person keeps all three; then both cancel what they still have together.
  await page.goto(ofBen);
  await page.getByRole('link', { name: /^Cancel all three/ }).click();
  await page.getByText('Yes, for both').click();
  await page.getByRole('button', { name: 'Cancel these three' }).click();
  await expect(page.getByText('All your upcoming dates are cancelled')).toBeVisible();
  await page.goto(ofAna);
  await expect(page.getByText('There are no upcoming dates.').first()).toBeVisible();
});

test('a mother has Swedish and her son a shorter sports massage, at the same time @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const email = `own.massage.${project.name}@example.org`;
  const week = new Date(Date.now() + (isScripted ? 112 : 119) * DAY).toISOString().slice(0, 10);
  await page.goto(`/book?type=swedish&minutes=60&cadence=weekly&sessions=2&week=${week}`);
  const second = page.getByRole('group', { name: 'Massage of the second person' });
  await expect(second).toBeHidden();
  await page.getByText('Two, side by side').click();
  await second.getByText('Sports').click();
  // Without script the lengths are those of the massage that was shown before, and the price follows on the next page.
  await page.getByRole('group', { name: 'Length for the second person' }).getByText('30 min').click();
  if (isScripted) {
    await expect(page.getByText('The second person has sports, 30 minutes.')).toBeVisible();
    await expectAccessible(page);
  }
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'See the times' }).click();
  await expect(page.getByText('for two side by side, the second with sports, 30 minutes')).toBeVisible();
  await expectNoOverflow(page);
  await page
    .locator('#best')
    .getByRole('link', { name: / and .* all 2/ })
    .first()
    .click();

  await expect(page.getByText('2 sessions for two, €')).toBeVisible();
  await expect(page.getByText('2 Swedish, 60 minutes, at €68; 2 sports, 30 minutes, at €46.')).toBeVisible();
  const hint = page.getByText(/^Sports, 30 minutes, with \w+, while you are with \w+ for Swedish, 60 minutes\./);
  await expect(hint).toBeVisible();
  // Now the son is the one who books, and each keeps their own massage.
  await page.getByRole('link', { name: 'The other way round' }).click();
  await expect(
    page.getByText(/^Swedish, 60 minutes, with \w+, while you are with \w+ for sports, 30 minutes/),
  ).toBeVisible();
  await page.getByRole('link', { name: 'The other way round' }).click();
  await expect(hint).toBeVisible();
  await page.getByLabel('Your name').fill('Olga Own');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Name of the person who comes with you').fill('Sam Own');
  await tickBookingConsents(page);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: 'Book both' }).click();

  await expect(page.getByText('Booked, two dates each')).toBeVisible();
  await expect(
    page.getByText(/Sam Own is with \w+ at the same time: Sports, 30 minutes\. €92 in total\./),
  ).toBeVisible();
  await expect(page.getByText('€136 for 2')).toBeVisible();
  await expectValidHtml(page);
  await expectNoOverflow(page);
  const ofSam = (await page.locator('main a[href^="/manage/"]:not([download])').first().getAttribute('href'))!;
  const mails = (await readMail(browser, page, email)).filter(({ subject }) => subject.startsWith('Booked'));
  expect(mails).toHaveLength(2);
  const [ofTheSon, ofTheMother] = ['Sports', 'Swedish'].map((massage) =>
    mails.find(({ text }) => text.includes(massage)),
  );
  expect(ofTheSon?.text).toContain('Together they cost €92');
  expect(ofTheSon?.text).not.toContain('Swedish');
  expect(ofTheMother?.text).toContain('Together they cost €136');
  expect(ofTheMother?.text).not.toContain('Sports');

  // Each link shows the other person's name and therapist, and no more.
  await page.goto(ofSam);
  await expect(page.getByText(/Olga Own comes at the same time, and is with /)).toBeVisible();
  await expect(page.getByText('Sports').first()).toBeVisible();
  await expect(page.getByText('Swedish')).toHaveCount(0);
  const file = await page.request.get(`${ofSam}/calendar.ics`);
  const [, start, end] =
    /BEGIN:VEVENT[\s\S]*?DTSTART[^:]*:\d{8}T(\d{4})00[\s\S]*?DTEND[^:]*:\d{8}T(\d{4})00/.exec(await file.text()) ?? [];
  const minutes = (clock = '') => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(2));
  expect(minutes(end) - minutes(start)).toBe(30);
});

test('a date that one of the two cannot have is moved for both, or skipped @one-size', async ({ page }) => {
  const from = new Date(Date.now() + 84 * DAY).toISOString().slice(0, 10);
  const query = `service=sports&minutes=60&cadence=weekly&sessions=3&from=${from}&people=2`;
  const { standingTimes } = (await (await page.request.get(`/api/v1/standing-times?${query}`)).json()) as {
    standingTimes: { firstOn: string; time: string; therapist: string; beside: string; open: number; clashes: [] }[];
  };
  const time = standingTimes.find(({ open, clashes }) => open === 3 && clashes.length === 0)!;
  const second = new Date(Date.parse(`${time.firstOn}T12:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
  const { openings } = (await (
    await page.request.get(`/api/v1/openings?service=sports&minutes=60&from=${second}&days=1&therapist=${time.beside}`)
  ).json()) as { openings: { startsAt: string }[] };
  const { startsAt } = openings.find((opening) => opening.startsAt.slice(11, 16) === time.time)!;
  const blocking = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `pair-${startsAt}` },
    data: {
      ...{ service: 'sports', minutes: 60, cadence: 'once' },
      appointments: [{ startsAt, therapist: time.beside }],
      client: { name: 'Somebody Sooner', email: 'sooner.pair@example.org' },
    },
  });
  expect(blocking.status()).toBe(201);

  const plan = `type=sports&minutes=60&cadence=weekly&sessions=3&people=2&on=${time.firstOn}&time=${time.time}`;
  await page.goto(`/book?${plan}&with=${time.therapist},${time.beside}&step=dates`);
  await expect(page.getByText('Two dates are free and one clashes.')).toBeVisible();
  await expect(page.getByText(/is booked at that time\./)).toBeVisible();
  const heading = page.getByRole('heading', { level: 1 });
  await page.locator('#date-2').getByText('Skip this date').click();
  await expect(page.getByText('2 sessions for two')).toBeVisible();
  await expect(heading).toHaveText(/^Two \w+days at /);
  await expect(page.getByText('Two dates are free and one is skipped.')).toBeVisible();
  await page.locator('#date-2').locator('label').first().click();
  await expect(page.getByText('3 sessions for two')).toBeVisible();
  await expect(heading).toHaveText(/^Three /);
  await page.getByRole('button', { name: 'Continue with these 3 dates' }).click();
  await page.getByLabel('Your name').fill('Ana Moves');
  await page.getByLabel('Name of the person who comes with you').fill('Ben Moves');
  await page.getByLabel('E-mail').fill('moves.pair@example.org');
  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book all three' }).click();
  await expect(page.getByText('Booked, three dates each')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ben Moves' })).toBeVisible();
});

test('the desk books two people for the same time @one-size @no-script', async ({ page }, { project }) => {
  const isScripted = project.name !== 'no-script';
  const from = new Date(Date.now() + (isScripted ? 70 : 84) * DAY).toISOString().slice(0, 10);
  const query = new URLSearchParams({ service: 'swedish', minutes: '60', cadence: 'once', sessions: '1', from });
  const { standingTimes } = (await (await page.request.get(`/api/v1/standing-times?${query}&people=2`)).json()) as {
    standingTimes: { firstOn: string; time: string; therapist: string; beside: string }[];
  };
  const { firstOn: on, time, therapist, beside } = standingTimes[0]!;
  const place = `on=${on}&view=day&whose=everyone&new=${on}T${time}&with=${therapist}&type=swedish&minutes=60`;
  await signInAs(page, 'front desk', `/practice/calendar?${place}`);
  const name = `Dora ${project.name}`;
  await page.getByLabel('Client: name, phone or e-mail').fill(name);
  if (!isScripted) await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: `New client “${name}”` }).click();
  await page.getByLabel('Second person, at the same time').selectOption(beside);
  if (!isScripted) await page.getByRole('button', { name: 'Show the dates' }).click();
  // The second person has a massage of their own: any that the colleague gives, in any of its lengths.
  const massage = page.getByLabel('Their massage');
  const shorter = massage.getByRole('option', { name: /, 30 min$/ }).first();
  await massage.selectOption((await shorter.getAttribute('value'))!);
  if (!isScripted) await page.getByRole('button', { name: 'Show the dates' }).click();
  await expect(page).toHaveURL(/besideMassage=[\w-]+\.30/);
  const second = page.getByLabel('Name of the second person');
  await expect(second).toBeVisible();
  await expect(page.getByText(/, for two, €/)).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByText('Enter the name of the second person.')).toBeVisible();
  await second.fill('Eve Second');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  await expect(page.getByRole('link', { name: /Eve Second/ }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
});

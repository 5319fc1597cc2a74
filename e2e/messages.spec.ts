import { expect, expectAccessible, expectNoOverflow, expectValidHtml, readMail, signInAs, test } from './fixtures';

// For anything but moving and cancelling, a client writes a message by the link, and the practice reads it on the
// calendar.

const DAY = 86_400_000;

test('a client asks for a change in words, and the practice reads and answers it @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  test.slow(); // two people, and one page of each is checked as a whole
  const isScripted = project.name !== 'no-script';
  const name = `Greta ${project.name}`;
  const from = new Date(Date.now() + (isScripted ? 13 : 14) * 7 * DAY).toISOString().slice(0, 10);
  const query = `days=7&service=swedish&minutes=60&therapist=aoife&from=${from}`;
  const { openings } = (await (await page.request.get(`/api/v1/openings?${query}`)).json()) as {
    openings: { startsAt: string }[];
  };
  const booked = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `message-${project.name}` },
    data: {
      ...{ service: 'swedish', minutes: 60, cadence: 'once' },
      appointments: [{ startsAt: openings.at(-1)!.startsAt, therapist: 'aoife' }],
      client: { name, email: `greta.${project.name}@example.org` },
    },
  });
  const { manageToken } = (await booked.json()) as { manageToken: string };
  const words = `Could we begin at a quarter past? ${project.name}`;

  await page.goto(`/manage/${manageToken}`);
  await page.getByRole('link', { name: 'Ask for a change' }).click();
  await page.waitForURL(/\/message$/);
  await expectValidHtml(page);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByLabel('Your message').fill('a'.repeat(501));
  await page.getByRole('button', { name: 'Send the message' }).click();
  await expect(page.getByText('Please keep it to 500 characters.')).toBeVisible();
  await expect(page.getByLabel('Your message')).toHaveValue('a'.repeat(501));
  await page.getByLabel('Your message').fill(words);
  await page.getByRole('button', { name: 'Send the message' }).click();
  await expect(page.getByText('Your message is with the practice')).toBeVisible();

  await page.goto('/manage');
  const mail = (await readMail(browser, page, 'hello@fortnight.example')).find(({ subject }) =>
    subject.startsWith(`${name} sent`),
  );
  expect(mail?.text).not.toContain('quarter');
  const office = await (await browser.newContext({ javaScriptEnabled: isScripted })).newPage();
  await signInAs(office, 'owner', mail!.links[0]!, new URL(page.url()).origin);
  await expect(office.getByRole('link', { name: new RegExp(`Read what.*${name}`) })).toBeVisible();
  await expect(office.getByText(words)).toBeVisible();
  if (isScripted) await expectAccessible(office);
  await office.getByRole('button', { name: 'Mark as answered' }).click();
  await expect(office.getByText('Marked as answered')).toBeVisible();
  await expect(office.getByText(/, answered /)).toBeVisible();
  await office.context().close();

  await page.goto(`/manage/${manageToken}/message`);
  await expect(page.getByText('Answered', { exact: true })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { delayScripts, expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';
import { sizes } from './sizes';

// What a reader does on the question pages: searches, asks, reports an error, notes a score; and what the practice sees
// of it.

async function askFor(page: Page, words: string, email: string): Promise<void> {
  await page.goto('/questions/ask');
  await page.getByRole('textbox', { name: 'Your question' }).fill(words);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Send my question' }).click();
  await expect(page.getByText('Thank you, we have it')).toBeVisible();
}

test('answers appear while one types, and are announced @one-size', async ({ page }) => {
  await page.goto('/questions');
  await page.getByRole('searchbox').pressSequentially('sore bum when runing');
  await expect(page.getByRole('status')).toHaveText(/question.* found/);
  await expect(page.getByRole('link', { name: /hamstring/ }).first()).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
});

test('a search that finds nothing leads to asking a question @one-size @no-script', async ({ page }) => {
  await page.goto('/questions');
  await page.getByRole('searchbox').fill('bitcoin');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('We have no page on “bitcoin”')).toBeVisible();
  await page.getByRole('link', { name: 'Ask us' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ask us' })).toBeVisible();
});

test('a question is answered by a page, and the e-mail does not repeat it @one-size', async ({
  page,
  browser,
  anotherPerson,
}) => {
  const own = `asker-${Date.now()}-${test.info().project.name}@example.org`;
  await askFor(page, `Does it help tennis elbow? ${own}`, own);
  const practice = await anotherPerson();
  await signInAs(practice, 'owner', '/practice/questions');
  const row = practice.getByRole('listitem').filter({ hasText: own });
  await row.getByLabel('Answered by').selectOption('neck-pain');
  await row.getByRole('button', { name: 'Mark as answered' }).click();
  await expect(practice.getByText('nobody has been written to')).toBeVisible();
  await expectNoOverflow(practice);
  await expectAccessible(practice);

  const [message] = await readMail(browser, page, own);
  expect(message?.text).not.toMatch(/elbow|neck/);
  await page.goto(message?.links.find((link) => link.includes('/answered/')) ?? '');
  await expect(page).toHaveURL(/\/questions\/neck-pain$/);
});

test('a question is answered in the practice’s own words, withdrawn, answered again, and dismissed @one-size', async ({
  page,
  browser,
  anotherPerson,
}) => {
  const own = `teller-${Date.now()}-${test.info().project.name}@example.org`;
  await askFor(page, `Does it help golfer’s elbow? ${own}`, own);
  const practice = await anotherPerson();
  await signInAs(practice, 'owner', '/practice/questions');
  const row = practice.getByRole('listitem').filter({ hasText: own });
  await row.getByRole('link', { name: 'Answer in your own words' }).click();
  await practice.getByRole('button', { name: 'See the answer' }).click();
  await expect(practice.getByText('Please write a few words.')).toBeVisible();
  await practice.getByLabel('Your words').fill('It may help.\n\nAsk your doctor first.');
  await practice.getByRole('button', { name: 'See the answer' }).click();
  await expect(practice.getByText('As its reader will see it')).toBeVisible();
  await expectNoOverflow(practice);
  await expectAccessible(practice);
  await practice.getByRole('button', { name: 'Send the answer' }).click();
  await expect(practice.getByText('nobody has been written to')).toBeVisible();

  const [message] = await readMail(browser, page, own);
  expect(message?.text).not.toMatch(/elbow|doctor/);
  const link = message?.links.find((found) => found.includes('/questions/answer/')) ?? '';
  await page.goto(link);
  await expect(page.getByText('Ask your doctor first.')).toBeVisible();
  await expect(page.getByText('Does it help golfer’s elbow?')).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);

  await row.getByRole('button', { name: /^Reopen/ }).click();
  await expect(practice.getByText('It waits for an answer again.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('We are looking at your question again')).toBeVisible();
  await row.getByLabel('Answered by').selectOption('neck-pain');
  await row.getByRole('button', { name: 'Mark as answered' }).click();
  await expect(practice.getByText('nobody has been written to')).toBeVisible();
  await page.goto(link);
  await expect(page).toHaveURL(/\/questions\/neck-pain$/);
  await row.getByRole('button', { name: /^Reopen/ }).click();
  await row.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(practice.getByText('Nobody was written to.')).toBeVisible();
  await expectNoOverflow(practice);
  await expectAccessible(practice);
});

test.describe('a hidden page', () => {
  // One pattern: two in a list would be read as a value and its options.
  test.use({ expectedNoise: [/plantar-fasciitis|jaw-pain|\/questions\/answered\//] });

  test('no reader is sent to a hidden page, and a link to an answer that was withdrawn says so @one-size', async ({
    page,
    browser,
    anotherPerson,
  }) => {
    const own = `hidden-${Date.now()}-${test.info().project.name}@example.org`;
    await askFor(page, `Does it help my jaw? ${own}`, own);
    const practice = await anotherPerson();
    const slug = 'jaw-pain'; // another journey hides another page
    await signInAs(practice, 'owner', '/practice/questions/pages');
    await practice.locator(`#${slug}`).getByRole('button', { name: /^Hide/ }).click();
    await expect(practice.getByText('Readers no longer find it.')).toBeVisible();
    await practice.goto('/practice/questions');
    const row = practice.getByRole('listitem').filter({ hasText: own });
    await expect(row.getByLabel('Answered by').locator(`option[value="${slug}"]`)).toHaveCount(0);
    await practice.goto('/practice/questions/pages');
    await practice.locator(`#${slug}`).getByRole('button', { name: /^Show/ }).click();
    await expect(practice.getByText('Readers find it again.')).toBeVisible();

    await practice.goto('/practice/questions');
    await row.getByLabel('Answered by').selectOption(slug);
    await row.getByRole('button', { name: 'Mark as answered' }).click();
    await expect(practice.getByText('nobody has been written to')).toBeVisible();
    const [message] = await readMail(browser, page, own);
    const link = message?.links.find((found) => found.includes('/answered/')) ?? '';
    await page.goto(link);
    await expect(page).toHaveURL(new RegExp(`/questions/${slug}$`));
    await row.getByRole('button', { name: /^Reopen/ }).click();
    await expect(practice.getByText('It waits for an answer again.')).toBeVisible();
    expect((await page.goto(link))?.status()).toBe(410);
    await expect(page.getByRole('heading', { level: 1, name: 'This link has ended' })).toBeVisible();
    await expectAccessible(page);
    await row.getByRole('button', { name: /^Dismiss/ }).click();
    await expect(practice.getByText('Nobody was written to.')).toBeVisible();
  });

  test('the owner hides a page, shows it again, and names its reviewer @one-size', async ({ page, anotherPerson }) => {
    const practice = await anotherPerson();
    await signInAs(practice, 'owner', '/practice/questions/pages');
    const slug = 'plantar-fasciitis';
    const row = practice.locator(`#${slug}`);
    await row.getByRole('button', { name: /^Hide/ }).click();
    await expect(practice.getByText('Readers no longer find it.')).toBeVisible();
    const answer = await page.goto(`/questions/${slug}`);
    expect(answer?.status()).toBe(410);
    await expect(page.getByRole('heading', { level: 1, name: 'This page is not shown here' })).toBeVisible();
    await expectAccessible(page);
    expect(await (await page.request.get('/sitemap.xml')).text()).not.toContain(slug);
    await page.goto('/questions?q=plantar+fasciitis');
    await expect(page.locator(`a[href="/questions/${slug}"]`)).toHaveCount(0);
    await row.getByRole('button', { name: /^Show/ }).click();
    await expect(practice.getByText('Readers find it again.')).toBeVisible();

    await row.getByText('Name a reviewer').click();
    await row.getByLabel('Name', { exact: true }).fill('A Name');
    await row.getByRole('button', { name: 'Save' }).click();
    await expect(row.getByText('Please say what they are qualified in')).toBeVisible();
    await row.getByLabel('Qualification').fill('A qualification');
    await row.getByLabel('Read on').fill('2026-01-05');
    await row.getByRole('button', { name: 'Save' }).click();
    await expect(row.getByText('Saved')).toBeVisible();
    await expectNoOverflow(practice);
    await expectAccessible(practice);
    await page.goto(`/questions/${slug}`);
    await expect(page.getByText(/Reviewed by A Name, A qualification, on/)).toBeVisible();
    for (const label of ['Name', 'Qualification', 'Read on']) await row.getByLabel(label, { exact: true }).fill('');
    await row.getByRole('button', { name: 'Save' }).click();
    await expect(row.getByText('Saved')).toBeVisible();
    await page.goto(`/questions/${slug}`);
    await expect(page.getByText(/No clinician has reviewed it yet/)).toBeVisible();
  });
});

test('a reader reports an error from the page that it is on @one-size', async ({ page }) => {
  await page.goto('/questions/sciatica');
  await page.getByRole('link', { name: 'Report an error' }).click();
  await page.getByRole('textbox', { name: 'What is wrong?' }).fill('The second source leads nowhere.');
  await expectAccessible(page);
  await expect(page.getByText(/^We keep your report, .* leave your own health out of it\./)).toBeVisible();
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.getByText('Thank you, we have it')).toBeVisible();
});

test('a noted score stays in the browser tab, and is in no address @one-size', async ({ page }) => {
  const requestedUrls: string[] = [];
  page.on('request', (request) => requestedUrls.push(request.url()));
  await page.goto('/questions/sciatica');
  const scale = page.getByRole('group', { name: /^Note your score now/ });
  // The script has loaded, and has chosen nothing, "Skip" included.
  await expect(page.getByText('An example, not a promise.')).toBeVisible();
  await page.waitForLoadState();
  await expect(scale.getByRole('radio', { checked: true })).toHaveCount(0);
  await scale.getByText('7', { exact: true }).click();
  await page.reload();
  await expect(scale.getByRole('radio', { name: '7' })).toBeChecked();
  expect(await page.context().cookies()).toEqual([]);
  // A score of 7 or less: down by 2 points, and by 30 %.
  const chart = page.getByRole('figure').filter({ hasText: 'before average' });
  await expect(chart).toContainText(
    'From the score you noted, and no promise. If your scores from before average 7, look for 4 or less',
  );
  await expect(chart.getByText('An example')).toBeHidden();
  await scale.getByText('0', { exact: true }).click();
  await expect(chart.getByText('From 0 there is nothing to bring down.')).toBeVisible();
  await scale.getByText('Skip').click();
  await expect(chart.getByText('An example, not a promise.')).toBeVisible();
  expect(requestedUrls.filter((url) => /score(?!(-chart)?\.js$)/i.test(url))).toEqual([]);
});

test('a score pressed before the page’s script has loaded is kept as well @one-size', async ({ page }) => {
  const letCome = await delayScripts(page);
  await page.goto('/questions/sciatica', { waitUntil: 'commit' });
  const scale = page.getByRole('group', { name: /^Note your score now/ });
  await scale.getByText('6', { exact: true }).click();
  letCome();
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('score:sciatica'))).toBe('6');
  await expect(scale.getByRole('radio', { name: '6' })).toBeChecked();
});

const order = [
  'The short answer',
  'See a doctor first if',
  'What the evidence says',
  'Which massage, how often',
  'Risks and side effects',
  'Other choices',
  'How will I know it is working?',
  'Ready to book',
  'Related questions',
  'Sources',
  'About this page',
];

// On the phone only, like the hidden page above: at the same time, one page would be missing here.
test('every page has its sections in their order, the warnings above the booking, and a link from the first page @one-size', async ({
  page,
}) => {
  const feed = await (await page.request.get('/questions/feed.xml')).text();
  const addresses = [...feed.matchAll(/<link rel="alternate" type="text\/html" href="[^"]*(\/questions\/[^"]+)"/g)];
  expect(addresses.length).toBeGreaterThan(13);
  for (const [, address] of addresses) {
    const html = await (await page.request.get(address!)).text();
    const titles = [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles, address).toEqual(order);
    expect(html.match(/<h1/g), address).toHaveLength(1);
  }
  const home = await (await page.request.get('/')).text();
  for (const [, address] of addresses) expect(home).toContain(`href="${address}"`);
});

const SCREENS = 8;

test('no page is longer than 5,000 px on a desktop, or eight screens of a phone before its sources @one-size', async ({
  page,
}) => {
  test.slow(); // every page, laid out twice
  const feed = await (await page.request.get('/questions/feed.xml')).text();
  const addresses = [...feed.matchAll(/<link rel="alternate" type="text\/html" href="[^"]*(\/questions\/[^"]+)"/g)];
  const tooLong: string[] = [];
  // A section far below the screen has an estimated height until somebody comes near it.
  const layOutAll = (sections: HTMLElement[]) => {
    for (const section of sections) section.style.contentVisibility = 'visible';
  };
  for (const [, address] of addresses) {
    await page.setViewportSize(sizes.phone);
    await page.goto(address!);
    await page.locator('section').evaluateAll(layOutAll);
    await page.evaluate(() => document.fonts.ready);
    const sources = await page.locator('#sources').evaluate((at) => at.getBoundingClientRect().top + window.scrollY);
    const screens = sources / sizes.phone.height;
    if (screens > SCREENS) tooLong.push(`${address}: ${screens.toFixed(2)} screens`);
    await page.setViewportSize(sizes.desktop);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (height > 5000) tooLong.push(`${address}: ${height} px`);
  }
  expect(tooLong).toEqual([]);
});

test('the contents of a page stay in view on a wide screen, and cover no heading that they lead to @no-script @one-size', async ({
  page,
}) => {
  await page.setViewportSize(sizes.desktop);
  await page.goto('/questions/sciatica');
  const contents = page.getByRole('navigation', { name: 'Contents, always in sight' });
  for (const link of await contents.getByRole('link').all()) {
    await link.click();
    await expect(contents).toBeInViewport({ ratio: 1 });
    const target = page.locator((await link.getAttribute('href'))!);
    await expect(target).toBeInViewport();
    const [strip, found] = [await contents.boundingBox(), await target.boundingBox()];
    if ((await link.textContent()) !== 'Answer') expect(found!.y).toBeGreaterThanOrEqual(strip!.y + strip!.height - 1);
  }
  await page.setViewportSize(sizes.phone);
  await expect(contents).toBeHidden();
});

test('a page prints its words, drawing, plan and sources, and no buttons @no-script @one-size', async ({ page }) => {
  await page.goto('/questions/sciatica');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('img', { name: 'The lower back and hips from behind' })).toBeVisible();
  await expect(
    page.getByRole('navigation', { name: 'On this page' }).getByText('Risks and side effects'),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^A scale from 0 to 10/ })).toBeVisible();
  await expect(page.getByText(/See times: \S+\/questions\/sciatica$/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'See times' })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Ready to book' })).toBeHidden();
  await expect(page.getByText(/^ doi\.org\/10\./).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'See a doctor first if' })).toBeVisible();
  await expect(page.getByText(/So we ask for three scores in the week before/)).toBeVisible();
});

test('a reader with a warning sign is told what to do now, and finds the booking unchanged afterwards @no-script @one-size', async ({
  page,
}) => {
  const plan = 'type=swedish&minutes=60&cadence=once&from=low-back-pain';
  await page.goto(`/book?${plan}&step=time`);
  await page.locator('a[href*="&you="]').first().click();
  await expect(page.getByText('You are numb between the legs')).toBeVisible();
  await page.getByRole('button', { name: /^Book/ }).click();
  await expect(page.getByText('tick this if none applies to you')).toBeVisible();
  await page.getByRole('link', { name: /^One of these applies to me/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Please see a doctor first' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Call 112 or 999/ })).toBeVisible();
  await expect(page.getByText('Go to hospital now').first()).toBeVisible();
  await expect(page.getByRole('main').locator('a[href^="tel:"]').first()).toBeVisible();
  await page.getByRole('link', { name: /back to booking/ }).click();
  await expect(page.getByLabel('Your name')).toBeVisible();
});

test('a page begins with its takeaways, opens its contents and sources, and leads to the times from a bar in view @no-script @one-size', async ({
  page,
}) => {
  await page.goto('/questions/achilles');
  await expect(page.getByText('Calf exercise comes first.')).toBeVisible();
  await expect(page.getByRole('img', { name: '1 to 4 of 10 people' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The lower leg and foot from the side' })).toHaveAccessibleDescription(
    /Where it hurts: heel/,
  );
  await page.getByText('On this page', { exact: true }).first().click();
  const contents = page.getByRole('navigation', { name: 'On this page' });
  for (const link of await contents.getByRole('link').all())
    await expect(page.locator((await link.getAttribute('href'))!)).toHaveCount(1);
  await expect(page.getByText(/Drafted by AI from the sources below, and checked against them on/)).toBeVisible();
  const source = page.locator('#sources li').first();
  await expect(source).toBeHidden();
  await page.getByText(/^\d+ sources, each with a link/).click();
  await expect(source).toBeVisible();
  await expectNoOverflow(page);
  // axe waits for timers, which do not run without script.
  if (test.info().project.name !== 'no-script') await expectAccessible(page);

  const bar = page.getByRole('complementary', { name: 'This page’s plan' });
  await expect(bar).toBeInViewport();
  await expect(bar).toContainText(/^6 weekly sessions, €/);
  await bar.getByRole('link', { name: 'See times' }).click();
  await expect(page).toHaveURL(/step=time/);
});

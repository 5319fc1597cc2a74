import { chromium, type Page } from '@playwright/test';
import { dayFromToday } from '../scripts/prove/api-client';
import { expect, signInAs, test } from './fixtures';

// The way to a booking at every common width, and with the browser's text twice as large.

const WIDTHS = [320, 390, 768, 900, 960, 1024, 1280];
const times = '/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time';

/** What sticks out sideways, is squeezed to a letter or a word a line, or has overlapping lines. */
async function faultsOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const faults: string[] = [];
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > edge)
      faults.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const words = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const text = words
        .map(({ textContent }) => textContent?.trim())
        .join(' ')
        .trim();
      const { width, height } = element.getBoundingClientRect();
      if (text.length < 9 || width < 2) continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      const line = Number.parseFloat(getComputedStyle(element).lineHeight);
      if (width < size * 2.2) faults.push(`squeezed to ${Math.round(width)} pixels: ${text.slice(0, 40)}`);
      const lines = new Set(words.flatMap((node) => linesOf(node)));
      if (lines.size > 2 && text.split(/\s+/).length < lines.size * 1.5 && width < edge * 0.55)
        faults.push(`a word a line, ${Math.round(width)} pixels wide: ${text.slice(0, 40)}`);
      if (line > 0 && line < size * 0.95 && height > line * 1.5) faults.push(`lines meet: ${text.slice(0, 40)}`);
    }
    return faults;

    /** The positions of a text's lines. */
    function linesOf(text: Node): number[] {
      const range = document.createRange();
      range.selectNodeContents(text);
      return [...range.getClientRects()].filter((line) => line.width > 2).map(({ top }) => Math.round(top));
    }
  });
}

/** The therapist names beside the times that the page cuts off. */
async function cutNames(page: Page): Promise<string[]> {
  return await page.locator(':is(.time-cell, .times a) > small').evaluateAll((names) =>
    names
      .filter(({ clientWidth, scrollWidth, clientHeight, scrollHeight }) => {
        return clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
      })
      .map(({ textContent }) => textContent),
  );
}

/** The narrowest gap between the names of two days that stand beside each other, in pixels. */
async function gapsOfDays(page: Page): Promise<number> {
  return await page.locator('nav[aria-label="Days"] ul').evaluateAll((weeks) =>
    Math.min(
      ...weeks.flatMap((week) => {
        const names = [...week.querySelectorAll('.day-link > span:nth-child(2)')].map((name) => {
          const range = document.createRange();
          range.selectNodeContents(name);
          return range.getBoundingClientRect();
        });
        return names.slice(1).map((name, at) => name.left - names[at]!.right);
      }),
    ),
  );
}

/** The addresses that the holder of a plan's link can open. */
async function addressesOfPlan(page: Page): Promise<string[]> {
  const query = `service=swedish&minutes=60&days=14&from=${dayFromToday(41)}`;
  const { openings } = await (await page.request.get(`/api/v1/openings?${query}`)).json();
  const { startsAt } = openings[0] as { startsAt: string };
  const booked = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `widths-${Date.now()}` },
    data: {
      ...{ service: 'swedish', minutes: 60, cadence: 'once' },
      appointments: [{ startsAt, therapist: 'any' }],
      client: { name: 'Wilhelmina Widthwise', email: 'widths@example.org' },
    },
  });
  expect(booked.status()).toBe(201);
  const { manageToken, appointments } = (await booked.json()) as {
    manageToken: string;
    appointments: { uid: string }[];
  };
  const uid = appointments[0]!.uid;
  const pages = [
    '',
    '/booked',
    `/move?uid=${uid}`,
    `/cancel?uid=${uid}`,
    '/extend',
    '/message',
    '/intake',
    '/progress',
  ];
  return pages.map((name) => `/manage/${manageToken}${name}`);
}

async function expectRoom(page: Page, widths: number[]): Promise<void> {
  const addresses = ['/', '/questions/hamstring-tendinopathy', '/book?from=hamstring-tendinopathy', times];
  addresses.push(times.replace('weekly', 'biweekly'), '/manage');
  const forTwo = `${times}&people=2&other=deep-tissue&otherMinutes=30`;
  addresses.push(forTwo, forTwo.replace('step=time', 'step=massage'));
  await page.goto(times);
  const dates = (await page.locator('#best a').last().getAttribute('href')) ?? '';
  // A time links to the step that follows it.
  const step = /(?<=[?&])(dates|you)(?==)/;
  expect(dates).toMatch(step);
  addresses.push(...['dates', 'you'].map((name) => new URL(dates.replace(step, name), page.url()).href));
  addresses.push('/book/wait?type=swedish&minutes=60&cadence=once', ...(await addressesOfPlan(page)));
  for (const address of addresses) {
    await page.goto(address);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(page), `${address} at ${width}`).toEqual([]);
    }
  }
}

test('every step has room for its words, at every width @one-size', async ({ page }) => {
  test.slow();
  await expectRoom(page, WIDTHS);
});

test('every step has room for its words with text twice as large @one-size', async ({ baseURL }) => {
  test.slow();
  const args = ['--no-sandbox', '--disable-gpu', '--blink-settings=defaultFontSize=32'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args });
  const page = await browser.newPage({ baseURL: baseURL ?? '' });
  await expectRoom(page, [390, 768, 1280]);
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/');
    const main = page.getByRole('navigation', { name: 'Main' });
    for (const name of ['Questions', 'Book', 'Manage']) {
      const box = await main.getByRole('link', { name, exact: true }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width, `${name} at ${width}`).toBe(true);
    }
    for (const address of [times, times.replace('weekly', 'biweekly'), `${times}&people=2`]) {
      await page.goto(address);
      await expect(page.locator('.time-cell > small').first()).toBeVisible();
      expect(await cutNames(page), `names of ${address} at ${width}`).toEqual([]);
      expect(await gapsOfDays(page), `days of ${address} at ${width}`).toBeGreaterThan(3);
    }
    // Two figures side by side are the widest thing that a question page draws.
    await page.goto('/questions/pregnancy-massage');
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `figures at ${width}`).toBe(width);
  }
  await browser.close();
});

// The practice's pages that have no id in their address; the others are made of the same parts.
const OF_THE_PRACTICE = [
  ...['calendar', 'calendar?view=day&whose=everyone', 'time-off', 'waitlist', 'waitlist/new', 'unconfirmed', 'clients'],
  ...[
    'clients/message',
    'reports',
    'questions',
    'questions/pages',
    'mail',
    'history',
    'calendars',
    'embed',
    'settings',
  ],
  ...['practice', 'look', 'holidays', 'rooms', 'massages', 'massages/swedish', 'team', 'team/mira', 'hours'].map(
    (page) => `settings/${page}`,
  ),
  ...['policies', 'mail', 'reminders', 'health-form', 'live'].map((page) => `settings/${page}`),
];

test('every page of the practice fits with text twice as large @one-size', async ({ baseURL }) => {
  test.slow();
  const args = ['--no-sandbox', '--disable-gpu', '--blink-settings=defaultFontSize=32'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args });
  const page = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 320, height: 800 } });
  await signInAs(page, 'owner');
  for (const address of OF_THE_PRACTICE) {
    expect((await page.goto(`/practice/${address}`))?.status(), address).toBe(200);
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${address} at ${width}`).toBe(width);
    }
  }
  await browser.close();
});

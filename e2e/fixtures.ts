import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type axe from 'axe-core';
import type { RunOnly } from 'axe-core';
import { HtmlValidate } from 'html-validate';
import { type Server, startServer } from '../scripts/prove/server';
import { sizes } from './sizes';

export { expect };

type Role = 'therapist' | 'owner' | 'front desk' | 'client';

interface Fixtures {
  /**
   * What a journey provokes on purpose: a console error or a failed request that matches one of these does not fail it.
   */
  expectedNoise: RegExp[];
  /** Another person's browser: its own cookies, and the same rule for errors. */
  anotherPerson: () => Promise<Page>;
  /** The data folder of the journey's own servers. */
  dataFolder: string;
  /** A server for this journey alone, which may be stopped and started again on the same data. */
  ownServer: (env?: Record<string, string>) => Promise<Server>;
}

// A journey fails on any error of its pages, even when all its steps succeed.
export const test = base.extend<Fixtures>({
  expectedNoise: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-journey-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  // It depends on the pages, so that they close before the server stops: a calendar polls its server every other
  // second.
  ownServer: async ({ dataFolder }, use) => {
    const started: Server[] = [];
    await use(async (env = {}) => {
      const server = await startServer({ DATA_DIR: dataFolder, ...env });
      started.push(server);
      return server;
    });
    for (const server of started) await server.end('SIGTERM');
  },
  page: async ({ page, expectedNoise, ownServer: _ }, use) => {
    const noise = listen(page, expectedNoise);
    await use(page);
    expect(noise, 'console errors and failed requests').toEqual([]);
  },
  anotherPerson: async ({ browser, expectedNoise, ownServer: _ }, use) => {
    const opened: { page: Page; noise: string[] }[] = [];
    await use(async () => {
      const page = await (await browser.newContext()).newPage();
      opened.push({ page, noise: listen(page, expectedNoise) });
      return page;
    });
    for (const { page } of opened) await page.context().close();
    expect(
      opened.flatMap(({ noise }) => noise),
      'console errors and failed requests',
    ).toEqual([]);
  },
});

/** Notes what a page complains of, but for what is expected. Only a page that the fixtures do not open needs it. */
export function listen(page: Page, expected: RegExp[]): string[] {
  const noise: string[] = [];
  const note = (words: string) => {
    if (!expected.some((pattern) => pattern.test(words))) noise.push(words);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`${error.name}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page drops what it was still fetching. Without script, the browser refuses scripts, as it should.
    if (why !== 'net::ERR_ABORTED' && why !== 'csp') note(`${why} ${request.method()} ${request.url()}`);
  });
  return noise;
}

/** The session cookies that the shared server gave each role, in this worker: each signs in once. */
const sessions = new Map<Role, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Signs in by the demo's own sign-in, on the shared server unless another `origin` is given. */
export async function signInAs(page: Page, role: Role, callbackUrl?: string, origin = ''): Promise<void> {
  const isShared = origin === '' || origin === test.info().project.use.baseURL;
  const savedCookies = isShared && callbackUrl?.startsWith('/practice') ? sessions.get(role) : undefined;
  if (savedCookies) {
    await page.context().addCookies(savedCookies);
    await page.goto(`${origin}${callbackUrl}`);
    if (!new URL(page.url()).pathname.startsWith('/sign-in')) return;
    // The role has been signed out everywhere since.
    sessions.delete(role);
  }
  const query = callbackUrl ? `?callbackUrl=${encodeURIComponent(callbackUrl)}` : '';
  await page.goto(`${origin}/sign-in${query}`);
  await page.getByRole('button', { name: `As ${role}` }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const cookies = await page.context().cookies();
  if (isShared)
    sessions.set(
      role,
      cookies.filter(({ name }) => name.includes('session-token')),
    );
}

export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  /** The addresses of this site in the e-mail, as paths. */
  links: string[];
}

/** The practice's e-mails to somebody, newest first. Read as the owner, in a browser of its own. */
export async function readMail(browser: Browser, page: Page, to: string): Promise<ReceivedMail[]> {
  const origin = new URL(page.url()).origin;
  const office = await browser.newPage();
  await signInAs(office, 'owner', '/practice/mail', origin);
  const messages: ReceivedMail[] = [];
  for (const row of await office
    .getByRole('listitem')
    .filter({ hasText: `To ${to}`, has: office.getByText('What it says') })
    .all()) {
    const text = (await row.locator('pre').textContent()) ?? '';
    const links = [...text.matchAll(/https?:\/\/[^\s>)]+/g)]
      .map(([link]) => link)
      .filter((link) => link.startsWith(origin));
    messages.push({
      to,
      subject: await row.getByRole('heading').innerText(),
      text,
      links: links.map((link) => link.slice(origin.length)),
    });
  }
  await office.close();
  return messages;
}

const RULES: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** The rules of axe that depend on colour: in the dark nothing else differs. */
const COLOUR_RULES: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Checks WCAG 2.2 AA and axe's own advice, in light and in dark; a journey that runs at one size checks both sizes. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState();
  await expect(page, 'after a press the title comes a moment later than the page').toHaveTitle(/\S/);
  const own = page.viewportSize();
  for (const size of test.info().title.includes('@one-size') ? Object.values(sizes) : [own]) {
    if (size) await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // During the change from light to dark, the colours in between have contrasts of their own.
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
      const found = await runAxe(page, colorScheme === 'light' ? RULES : COLOUR_RULES);
      expect(found, `${new URL(page.url()).pathname}, ${colorScheme}, ${size?.width} wide`).toEqual([]);
    }
  }
  if (own) await page.setViewportSize(own);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds. It is loaded into a page once, and returns only the violations: that takes a third of the time. */
async function runAxe(page: Page, runOnly: RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return await page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { axe: { run: typeof axe.run } };
    const options = { runOnly: only, resultTypes: ['violations' as const], iframes: false };
    const { violations } = await inPage.run(document, options);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
  }, runOnly);
}

const htmlRules = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

/** Checks that the HTML which the server sends for this address is valid, before any script has changed it. */
export async function expectValidHtml(page: Page): Promise<void> {
  const sent = await (await page.request.get(page.url(), { headers: { Accept: 'text/html' } })).text();
  const { results } = await htmlRules.validateString(sent);
  const found = results.flatMap(({ messages }) => messages.map(({ message, selector }) => `${message} (${selector})`));
  expect(found, new URL(page.url()).pathname).toEqual([]);
}

/** Checks that nothing sticks out sideways at the narrowest width that we support. Keeps the size that the page had. */
export async function expectNoOverflow(page: Page, width = 320): Promise<void> {
  await page.waitForLoadState();
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: before?.height ?? 800 });
  const outside = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > edge + 0.5,
    );
    return ['the page scrolls sideways', ...wide.map((element) => element.outerHTML.slice(0, 120))];
  });
  if (before) await page.setViewportSize(before);
  expect(outside, `${new URL(page.url()).pathname} at ${width}`).toEqual([]);
}

/** Goes forward so many weeks in the times of a booking. */
export async function showLaterWeeks(page: Page, weeks: number): Promise<void> {
  for (let week = 0; week < weeks; week++) {
    const before = page.url();
    await page.getByRole('link', { name: 'Later', exact: true }).click();
    await page.waitForURL((url) => url.href !== before);
  }
}

/** Presses a link of the calendar's toolbar, which on a phone is in a menu. Returns how many presses that took. */
export async function pressInToolbar(page: Page, name: string | RegExp, inNavigation?: string): Promise<number> {
  const menu = page.locator('summary', { hasText: /^Menu/ });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const isFolded = await menu.isVisible();
  if (isFolded) await menu.click();
  const within = inNavigation ? page.getByRole('navigation', { name: inNavigation }) : page;
  await within.getByRole('link', { name, exact: true }).click();
  return isFolded ? 2 : 1;
}

/** Chooses the first free time in the panel of a move, on the next free day where its own day is full. */
export async function chooseFirstFreeTime(page: Page): Promise<void> {
  const nextDay = page.getByRole('link', { name: /^Next free day/ });
  const first = page
    .getByRole('group', { name: /^Free on / })
    .getByRole('radio')
    .first();
  await expect(first.or(nextDay)).toBeAttached();
  if (await nextDay.isVisible()) await nextDay.click();
  await first.check({ force: true });
}

/** Holds back the scripts of every page, as a slow line does, until the returned function is called. */
export async function delayScripts(page: Page): Promise<() => void> {
  let letCome = () => {};
  const come = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(/\/(_next\/static|scripts)\/.*\.js$/, async (route) => {
    await come;
    await route.continue();
  });
  return letCome;
}

/** Continues to the form: when dates clash, there is a page of dates first. */
export async function goToDetailsStep(page: Page): Promise<void> {
  const goOn = page.getByRole('button', { name: /^Continue with/ });
  const name = page.getByLabel('Your name');
  await expect(goOn.or(name)).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await expect(name).toBeVisible();
}

/** The chosen plan and time, from the long form of their address. */
export async function readChosenPlan(page: Page): Promise<URLSearchParams> {
  const steps = page.getByRole('navigation', { name: 'Booking steps' });
  const href = await steps.getByRole('link', { name: 'Time' }).getAttribute('href');
  return new URL(href ?? '', page.url()).searchParams;
}

/** Ticks what the last step of a booking asks for: that no warning sign applies, and the consent. */
export async function tickBookingConsents(page: Page): Promise<void> {
  await page
    .getByRole('checkbox', { name: /^None of these applies to (me|the person who comes|either of us)$/ })
    .check();
  await page.getByRole('checkbox', { name: /may keep the names/ }).check();
}

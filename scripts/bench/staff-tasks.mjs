import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import Sqlite from '../../db/connection/sqlite-library.ts';
import { findChromium } from '../../testing/chromium-executable.mjs';
import { startServer } from '../prove/server.ts';
import { buildSite } from './http.mjs';
import { round } from './measure.mjs';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LETTER_MS = 60;
const PATIENCE_MS = 30_000;
const DAY = 86_400_000;
const dayAhead = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** A Tuesday, Wednesday or Thursday so many weeks ahead, which the demo leaves mostly empty. */
function quietDay(weeks) {
  const week = Array.from({ length: 7 }, (_, day) => dayAhead(weeks * 7 + day));
  return week.find((on) => [2, 3, 4].includes(new Date(`${on}T12:00:00Z`).getUTCDay()));
}

/** A person at the computer: counts mouse and key presses and typed letters, at the pace at which a person types. */
class Hand {
  presses = 0;
  letters = 0;

  constructor(page) {
    this.page = page;
  }

  async press(what) {
    await what.waitFor();
    this.presses++;
    await what.click();
  }

  async key(name) {
    this.presses++;
    await this.page.keyboard.press(name);
  }

  async type(words, where) {
    this.letters += words.length;
    await where.pressSequentially(words, { delay: LETTER_MS });
  }

  /** Fills a field for a day, a time or a choice: one press, however it is filled. */
  async set(where, value) {
    this.presses++;
    if ((await where.evaluate((field) => field.tagName)) === 'SELECT') await where.selectOption(value);
    else await where.fill(value);
  }

  async pull(what, to) {
    const from = await middleOf(what);
    await this.page.waitForFunction(
      ([x, y]) => {
        const pressed = document.elementFromPoint(x, y)?.closest('a');
        return pressed && Object.keys(pressed).some((key) => key.startsWith('__reactProps'));
      },
      [from.x, from.y],
    );
    const by = to(from);
    this.presses++;
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    for (let step = 1; step <= 8; step++)
      await this.page.mouse.move(from.x + (by.x * step) / 8, from.y + (by.y * step) / 8);
    await this.page.mouse.up();
  }
}

async function middleOf(what) {
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const main = (page) => page.getByRole('main');
const onGrid = (page, name) => main(page).getByRole('link', { name: new RegExp(name) });
const waitForFlash = (page, words) =>
  page.getByRole('status').getByText(words).filter({ visible: true }).first().waitFor();
const slotOf = (page) => page.getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ });
const clientField = (page) => page.getByLabel('Client: name, phone or e-mail');
const book = (page) => page.getByRole('button', { name: 'Book', exact: true });
const calendar = (on) => `/practice/calendar?on=${on}&view=day&whose=everyone`;

/** A day on which these clients are booked with Mira, one after the other. */
function onQuietDay(weeks, names) {
  const before = async (page) => {
    for (const name of names) {
      await page.goto(calendar(quietDay(weeks)));
      const href = await slotOf(page).first().getAttribute('href');
      await page.goto(`${href}&${new URLSearchParams({ client: 'new', name, minutes: '60' })}`);
      await book(page).click();
      await waitForFlash(page, 'Booked');
    }
  };
  return { before, at: () => calendar(quietDay(weeks)) };
}

/** Each task of a day: who does it, on which page it begins, what is prepared for it, and what they do. */
const TASKS = {
  'book a caller who is known, once': {
    role: 'front desk',
    at: () => calendar(quietDay(16)),
    do: async (hand, page, { known }) => {
      await hand.press(slotOf(page).first());
      await hand.type(known, clientField(page));
      await hand.press(
        page
          .getByRole('search')
          .getByRole('link', { name: new RegExp(`^${known}`) })
          .first(),
      );
      await hand.press(book(page));
      await waitForFlash(page, 'Booked');
    },
  },
  'book a new caller, once': {
    role: 'front desk',
    at: () => calendar(quietDay(17)),
    do: async (hand, page) => {
      await hand.press(slotOf(page).first());
      await hand.type('Deirdre Ford', clientField(page));
      await hand.press(page.getByRole('link', { name: 'New client “Deirdre Ford”' }));
      await hand.press(book(page));
      await waitForFlash(page, 'Booked');
    },
  },
  'book a new caller, every week, 8 times': {
    role: 'front desk',
    at: () => calendar(quietDay(18)),
    do: async (hand, page) => {
      await hand.press(slotOf(page).first());
      await hand.type('Malachy Orr', clientField(page));
      await hand.press(page.getByRole('link', { name: 'New client “Malachy Orr”' }));
      await hand.press(page.getByText('Weekly', { exact: true }));
      await page.waitForURL(/cadence=weekly/);
      await hand.press(page.getByRole('button', { name: /^Book\b/, disabled: false }).last());
      await waitForFlash(page, 'Booked');
    },
    after: (database) => {
      const booked = `select count(*) from appointments a join clients c on c.id = a.client_id where c.name = 'Malachy Orr'`;
      const dates = database.prepare(booked).pluck().get();
      if (dates !== 8) throw new Error(`${dates} dates were booked, and not 8.`);
    },
  },
  'move to a colleague at the same hour': {
    role: 'owner',
    ...onQuietDay(15, ['Pulled Along']),
    do: async (hand, page) => {
      const lanes = main(page).getByRole('region');
      const [mira, jun] = [
        await middleOf(lanes.filter({ hasText: 'Mira' })),
        await middleOf(lanes.filter({ hasText: 'Jun' })),
      ];
      await hand.pull(onGrid(page, 'Pulled Along'), () => ({ x: jun.x - mira.x, y: 0 }));
      await waitForFlash(page, 'Moved to');
    },
  },
  'move an hour later, by keys': {
    role: 'owner',
    ...onQuietDay(14, ['Carried Along']),
    do: async (hand, page) => {
      await onGrid(page, 'Carried Along').focus();
      await hand.key('m');
      await page.getByRole('application').waitFor();
      for (let quarter = 0; quarter < 4; quarter++) await hand.key('ArrowDown');
      await hand.key('Enter');
      await waitForFlash(page, 'Moved to');
    },
  },
  'undo a move': {
    role: 'owner',
    ...onQuietDay(13, ['Put Back']),
    first: async (page) => {
      await onGrid(page, 'Put Back').focus();
      await page.keyboard.press('m');
      await page.getByRole('application').waitFor();
      for (let quarter = 0; quarter < 4; quarter++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await waitForFlash(page, 'Moved to');
    },
    do: async (hand, page) => {
      await hand.press(page.getByRole('status').getByRole('button', { name: 'Undo' }));
      await waitForFlash(page, 'Undone');
    },
  },
  'swap two clients': {
    role: 'owner',
    ...onQuietDay(12, ['First Here', 'Second Here']),
    do: async (hand, page) => {
      const to = await middleOf(onGrid(page, 'Second Here'));
      await hand.pull(onGrid(page, 'First Here'), (from) => ({ x: 0, y: to.y - from.y }));
      await hand.press(page.getByRole('button', { name: 'Swap with Second Here' }));
      await waitForFlash(page, 'Swapped');
    },
  },
  'ill on a day with five clients': {
    role: 'front desk',
    ...onQuietDay(11, ['Ill One', 'Ill Two', 'Ill Three', 'Ill Four', 'Ill Five']),
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: 'Time off' }));
      await hand.set(page.getByLabel('Who'), { label: 'Mira Kovač' });
      await hand.set(page.getByLabel('First day'), quietDay(11));
      await hand.press(page.getByRole('button', { name: 'See what is booked then' }));
      await hand.press(page.getByRole('button', { name: /^Move \d/ }));
      await page.locator('#flash').waitFor();
    },
  },
  'hand a plan over to a colleague': {
    role: 'owner',
    ...onQuietDay(10, ['Handed Over']),
    do: async (hand, page) => {
      await hand.press(onGrid(page, 'Handed Over'));
      await hand.press(page.getByRole('link', { name: 'Hand over' }));
      await hand.set(page.getByLabel('Colleague'), { label: 'Jun Sato' });
      await hand.press(page.getByRole('button', { name: 'See the dates' }));
      await hand.press(page.getByRole('button', { name: /^Hand over \d/ }));
      await page.locator('#flash').waitFor();
    },
  },
  'say that a client came': {
    role: 'therapist',
    at: ({ over }) => `/practice/calendar?on=${over.on}&view=day`,
    do: async (hand, page, { over }) => {
      await hand.press(onGrid(page, over.name).first());
      await hand.press(page.getByRole('button', { name: 'Done' }));
      await waitForFlash(page, 'Marked completed');
    },
  },
  'write and sign a note of one line': {
    role: 'therapist',
    at: ({ over }) => `/practice/calendar?on=${over.on}&view=day&open=${over.uid}`,
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: 'Write the note' }));
      await hand.type('Slow strokes, both calves. Less tight than last week.', page.getByLabel('Did', { exact: true }));
      await hand.press(page.getByRole('button', { name: 'Sign the note' }));
      await page.getByText('The note is signed').waitFor();
    },
  },
  'take a payment by card, with its receipt': {
    role: 'front desk',
    at: ({ owed }) => `${calendar(owed.on)}&open=${owed.uid}`,
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: /pay/i }).first());
      await hand.press(page.getByRole('button', { name: 'Mark as paid' }));
      await hand.press(page.locator('#flash').getByRole('link'));
      await page.getByRole('heading', { level: 1, name: /^Receipt \d+$/ }).waitFor();
    },
  },
  'find a client by four digits of their phone': {
    role: 'front desk',
    at: () => '/practice/calendar',
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: 'Clients', exact: true }));
      await hand.type('0177', page.getByRole('searchbox'));
      await hand.press(main(page).getByRole('link', { name: 'Ana Costa' }));
      await page.getByRole('heading', { level: 1, name: 'Ana Costa' }).waitFor();
    },
  },
  'write to all who come on a day': {
    role: 'front desk',
    at: () => '/practice/clients',
    do: async (hand, page, { busy }) => {
      await hand.press(page.getByRole('link', { name: 'Write to all of a day' }));
      await hand.set(page.getByLabel('Another day'), busy);
      await hand.press(page.getByRole('button', { name: 'Show' }));
      await hand.press(page.getByLabel('Their dates on this day'));
      await hand.type('The street is closed. Please come by the garden gate.', page.getByLabel('Your words'));
      await hand.press(page.getByRole('button', { name: /^See the e-mail/ }));
      await hand.press(page.getByRole('button', { name: /^(Send|Write) / }));
      await page.getByText(/e-mails? (is|are) written/).waitFor();
    },
  },
  'change a price': {
    role: 'owner',
    at: () => '/practice/settings',
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: /^Massages and prices/ }));
      await hand.press(main(page).getByRole('link', { name: /^Swedish/ }));
      await hand.press(page.getByLabel('Price 2'));
      await page.keyboard.press('Control+A');
      await hand.type('72', page.getByLabel('Price 2'));
      await hand.press(page.getByRole('button', { name: 'Save' }).first());
      await page.getByText('Saved').first().waitFor();
    },
  },
  'block an hour for a break': {
    role: 'owner',
    at: () => calendar(quietDay(19)),
    do: async (hand, page) => {
      const box = await slotOf(page).first().boundingBox();
      const x = box.x + box.width / 2;
      hand.presses++;
      await page.mouse.move(x, box.y + 3);
      await page.mouse.down();
      for (let step = 1; step <= 6; step++) await page.mouse.move(x, box.y + 3 + (step * box.height) / 8);
      await page.mouse.up();
      await hand.press(page.getByRole('button', { name: 'Block this time' }));
      await waitForFlash(page, 'Blocked');
    },
  },
  'open the dates that a figure of last month counts': {
    role: 'owner',
    at: () => '/practice/calendar',
    do: async (hand, page) => {
      await hand.press(page.getByRole('link', { name: 'Reports', exact: true }));
      await hand.press(page.getByRole('navigation', { name: 'Period' }).getByRole('link').first());
      await hand.press(page.getByRole('link', { name: /^of \d+ dates$/ }));
      await page.getByRole('heading', { level: 1, name: 'Massages that took place' }).waitFor();
    },
  },
};

/**
 * What a practice does all day, done by one person in a browser on the production build: presses, letters and seconds.
 * They type a letter in 60 ms and never stop to read or think, so the time measured is only that of the steps and the
 * waiting.
 */
export async function* practiceDayFigures() {
  buildSite();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    yield await figureOfSetUp(browser);
    yield* figuresOfDay(browser);
  } finally {
    await browser.close();
  }
}

async function openPage(browser, baseURL, viewport) {
  const context = await browser.newContext({ viewport, locale: 'en-IE', timezoneId: 'Europe/Dublin', baseURL });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function timed(page, perform) {
  const hand = new Hand(page);
  const began = performance.now();
  await perform(hand);
  const seconds = round((performance.now() - began) / 1000);
  return { unit: 's', value: seconds, presses: hand.presses, letters: hand.letters };
}

async function withServer(env, work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-day-'));
  const server = await startServer({ DATA_DIR: folder, ...env });
  try {
    return await work(server, folder);
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From an empty database to the first hour that can be booked. */
function figureOfSetUp(browser) {
  return withServer({ DEMO: '0' }, async (server) => {
    const page = await openPage(browser, server.address, PHONE);
    const [, code] = /with the code (\S+),/.exec(server.output()) ?? [];
    const next = page.getByRole('button', { name: /^(Next: |Open the practice$)/ });
    const screen = (name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await page.goto('/');
    const figure = await timed(page, async (hand) => {
      await hand.type(code, page.getByLabel('Code'));
      await hand.press(page.getByRole('button', { name: 'Begin' }));
      await hand.type('Harbour Massage', page.getByLabel('Name of the practice', { exact: true }));
      for (const name of ['Massages and prices', 'Hours', 'Room', 'You']) {
        await hand.press(next);
        await screen(name);
      }
      await hand.type('Ruth Keane', page.getByLabel('Your name', { exact: true }));
      await hand.type('ruth@harbour.example', page.getByLabel('Your e-mail address', { exact: true }));
      await hand.press(next);
      await screen('E-mails and rules');
      await hand.press(next);
      await page.getByText('First bookable hour').waitFor();
    });
    await page.context().close();
    return { name: 'set up a practice, on a phone', role: 'owner', ...figure };
  });
}

async function* figuresOfDay(browser) {
  const figures = await withServer({ DEMO: '1' }, async (server, folder) => {
    const database = new Sqlite(path.join(folder, 'fortnight.db'));
    const context = whoIsThere(database);
    const found = [];
    for (const [name, { role, at, do: perform, before, first, after }] of Object.entries(TASKS)) {
      const page = await openPage(browser, server.address, DESK);
      await signIn(page, role);
      await before?.(page);
      await page.goto(at(context));
      await page.waitForLoadState('load');
      await first?.(page);
      found.push({ name, role, ...(await timed(page, (hand) => perform(hand, page, context))) });
      after?.(database);
      await page.context().close();
    }
    database.close();
    return found;
  });
  yield* figures;
}

async function signIn(page, role) {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: `As ${role}` }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** The clients and dates of the tasks. The demo has recorded how each visit went: for one visit this is undone. */
function whoIsThere(database) {
  const { known } = database
    .prepare(
      `select c.name as known from appointments a join clients c on c.id = a.client_id
       where a.therapist_id = 'mira' and a.minutes = 60 and a.status = 'completed'
         and (select count(*) from clients where name = c.name) = 1 order by a.start_at desc limit 1`,
    )
    .get();
  const past = `select a.id as uid, substr(a.local_start, 1, 10) as "on", c.name
    from appointments a join clients c on c.id = a.client_id where a.status = 'completed'`;
  const over = database.prepare(`${past} and a.therapist_id = 'mira' order by a.start_at desc limit 1 offset 2`).get();
  database.prepare("update appointments set status = 'booked', completed_at = null where id = ?").run(over.uid);
  const owed = database
    .prepare(
      `${past} and a.therapist_id <> 'mira'
       and not exists (select 1 from ledger_entries l where l.appointment_id = a.id) order by a.start_at limit 1`,
    )
    .get();
  const { busy } = database
    .prepare(
      `select substr(local_start, 1, 10) as busy from appointments where start_at > ? and status = 'booked'
       group by busy order by count(*) desc limit 1`,
    )
    .get(Date.now());
  return { known, over, owed, busy };
}

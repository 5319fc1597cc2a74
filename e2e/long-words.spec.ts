import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { renderMessage } from '@/mail/render-message';
import { makeTestAppointment, makeTestSeries, testPractice } from '@/mail/test-notifications';
import { type RunningServer, startTestServer, stopTestServer, waitForTestServer } from '@/testing/test-server';
import { expect, expectNoOverflow, signInAs, test } from './fixtures';

// Everything that can be named gets the longest possible name, without a place to break it. It runs on a server of its
// own, because other journeys use the real names, and at one screen size, because it sets its widths itself.

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4).slice(0, 120);
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-long-'));
let server: RunningServer;
let address: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  server = startTestServer({ DATA_DIR: folder, DEMO: '1', RATE_LIMITS: 'off' });
  address = await waitForTestServer(server);
  const database = new Sqlite(path.join(folder, 'fortnight.db'));
  for (const table of ['practices', 'therapists', 'rooms', 'services', 'users', 'clients']) {
    // Name and address together identify a client, so all may have the same name.
    database.prepare(`update ${table} set name = ?`).run(LONG);
  }
  database.prepare("update practices set address = ?, phone = '+353 1 555 0142 ext. 12345678'").run(LONG + LONG);
  database.prepare('update services set summary = ?, suits = ?').run(LONG, LONG);
  database.prepare('update therapists set about = ?').run(LONG);
  database.close();
});

test.afterAll(async () => {
  await stopTestServer(server);
  rmSync(folder, { recursive: true, force: true });
});

async function visit(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(address + path);
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    for (const width of [320, 390]) await expectNoOverflow(page, width);
  }
}

/** A client's next appointment, and their plan with its link. */
function somebody(): { uid: string; on: string; series: string } {
  const database = new Sqlite(path.join(folder, 'fortnight.db'), { readonly: true });
  try {
    return database
      .prepare(
        `select id as uid, substr(local_start, 1, 10) as "on", series_id as series from appointments
         where therapist_id = 'mira' and status = 'booked' and start_at > ? order by start_at limit 1`,
      )
      .get(Date.now() + 2 * 86_400_000) as { uid: string; on: string; series: string };
  } finally {
    database.close();
  }
}

test('47 no name is too long for a public page @phone-only', async ({ page }) => {
  test.slow();
  await visit(page, ['/', '/book', '/questions/sciatica', '/questions/ask', '/privacy', '/manage', '/sign-in']);
});

test('47 no name is too long for the pages of a client who books and changes a booking @phone-only', async ({
  page,
  request,
}) => {
  test.slow();
  const on = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const plan8 = `/book?type=swedish&minutes=60&cadence=weekly&sessions=8&ladder=${'swedish,'.repeat(4)}${'sports,'.repeat(4)}`;
  const chosen = `${plan8}&on=${on}&time=10:00&with=mira`;
  await visit(page, [plan8, `${plan8}&step=time`, `${chosen}&step=dates`, `${chosen}&step=you`]);
  const from = new Date(Date.now() + 50 * 86_400_000).toISOString().slice(0, 10);
  const { openings } = await (
    await request.get(`${address}/api/v1/openings?service=swedish&minutes=60&from=${from}&days=7&therapist=mira`)
  ).json();
  const booked = await request.post(`${address}/api/v1/series`, {
    headers: { 'Idempotency-Key': 'long' },
    data: {
      service: 'swedish',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt: openings[0].startsAt, therapist: 'mira' }],
      client: { name: LONG, email: `${'a'.repeat(60)}@${'b'.repeat(60)}.example`, phone: '+353 86 555 0100' },
    },
  });
  const { manageToken, appointments } = await booked.json();
  const plan = `/manage/${manageToken}`;
  const [{ uid }] = appointments;
  await visit(page, [plan, `${plan}/booked`, `${plan}/cancel?uid=${uid}`, `${plan}/move?uid=${uid}`]);
});

test('47 no name is too long for the pages of staff @phone-only', async ({ page }) => {
  test.slow();
  const { uid, on } = somebody();
  const open = `/practice/calendar?on=${on}&view=day&open=${uid}`;
  const calendars = ['&view=day', '&view=week', '&whose=everyone&view=day', '&whose=everyone&view=week'];
  await signInAs(page, 'therapist', undefined, address);
  await visit(page, [
    ...calendars.map((more) => `/practice/calendar?on=${on}${more}`),
    open,
    `${open}&ask=cancel`,
    `${open}&ask=move`,
    '/practice/time-off',
  ]);
});

test('47 no name is too long for an e-mail @phone-only', async ({ page }) => {
  const appointment = makeTestAppointment(1, { therapist: LONG, service: LONG });
  const notification = {
    kind: 'booked' as const,
    audience: 'client' as const,
    practice: { ...testPractice, name: LONG, address: LONG + LONG },
    series: makeTestSeries(1, { clientName: LONG, appointments: [appointment] }),
  };
  const manageUrl = `https://${'a'.repeat(60)}.example/manage/${'b'.repeat(60)}`;
  await page.setContent(renderMessage(notification, { manageUrl }, Date.UTC(2026, 10, 24)).html);
  await expect(page.getByText('See, move or cancel your dates')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('47 no name is too long for the pages of an owner @phone-only', async ({ page }) => {
  test.slow();
  await signInAs(page, 'owner', undefined, address);
  await visit(page, ['/practice/mail', '/practice/questions', '/practice/unconfirmed', '/practice/time-off']);
});

import path from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// A client cancels too late, or does not come: a fee is charged, waived with a reason, and gone once its cause is
// undone.

const MINUTES: Record<string, number> = { phone: 95, desktop: 170, 'no-script': 245 };

function inDatabase<T>(work: (database: InstanceType<typeof Sqlite>) => T): T {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** The wall time in Dublin at an instant, to five minutes: `2026-12-01T18:30`. */
function wallTime(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Dublin',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(Math.ceil(instant / 300_000) * 300_000);
  return parts.replace(' ', 'T');
}

/**
 * Books the first free hour, from so many minutes on, that begins too soon for its client to cancel it online. It counts
 * as booked last week, so that no grace period is left.
 */
async function bookSoon(page: Page, name: string, minutes: number): Promise<{ uid: string; on: string }> {
  const isFree = async (after: number) => {
    const at = wallTime(Date.now() + after * 60_000);
    const chosen = { new: at, with: 'tom', client: 'new', name, type: 'sports', minutes: '60', hours: 'any' };
    await page.goto(`/practice/calendar?on=${at.slice(0, 10)}&view=day&whose=everyone&${new URLSearchParams(chosen)}`);
    return (await page.getByText('Not free', { exact: true }).count()) === 0;
  };
  const booked = page.getByText('Booked', { exact: true }).first();
  const gone = page.getByText('A time has just gone');
  let isBooked = false;
  for (let after = minutes; !isBooked; after += 45) {
    expect(after, 'an hour is free before it is a day ahead').toBeLessThan(23 * 60);
    if (!(await isFree(after))) continue;
    await page.getByRole('button', { name: /^Book/ }).click();
    // The same journey on another screen may take the hour at this very moment.
    await expect(booked.or(gone).first()).toBeVisible();
    isBooked = await booked.isVisible();
  }
  return inDatabase((database) => {
    const found = database
      .prepare(
        `select a.id as uid, substr(a.local_start, 1, 10) as "on" from appointments a
         join clients c on c.id = a.client_id where c.name = ?`,
      )
      .get(name) as { uid: string; on: string };
    database.prepare('update appointments set created_at = created_at - 604800000 where id = ?').run(found.uid);
    return found;
  });
}

/** Opens, fills in and sends one of the folded forms of the bill. */
async function enter(page: Page, title: string, does: string, amount: string, reason: string, button: string) {
  await page.locator('summary', { hasText: title }).click();
  await page.locator(`#${does}-amount`).fill(amount);
  await page.locator(`#${does}-reason`).fill(reason);
  await page.getByRole('button', { name: button }).click();
}

const owed = (page: Page) => page.locator('dl > div', { hasText: 'Still owed' });

test('a late cancellation costs a fee, which is waived with a reason, and is gone when the client comes after all @one-size @no-script', async ({
  page,
}, { project }) => {
  await signInAs(page, 'front desk', '/practice/calendar');
  const { uid, on } = await bookSoon(page, `Calls Late ${project.name}`, MINUTES[project.name]!);
  const panel = `/practice/calendar?on=${on}&view=day&whose=everyone&open=${uid}`;
  await page.goto(panel);
  await page.getByRole('button', { name: 'Late cancel' }).click();
  await expect(page.getByText('Marked as a late cancel')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Everything is as it was. No e-mail leaves.')).toBeVisible();
  await page.getByRole('button', { name: 'Late cancel' }).click();
  await expect(page.getByText('Marked as a late cancel')).toBeVisible();
  await page.getByRole('link', { name: 'Take a payment, or see the bill' }).click();

  await expect(page.getByText(/not charged: the date was cancelled/)).toBeVisible();
  await enter(page, 'Charge a fee', 'fee', '40', '', 'Enter the fee');
  await expect(page.getByText('Give a reason. It stays in the books.')).toBeVisible();
  await page.locator('#fee-reason').fill('Called an hour before');
  await page.getByRole('button', { name: 'Enter the fee' }).click();
  await expect(page.locator('#flash')).toContainText('Fee entered');
  await expect(owed(page)).toContainText('€40');
  await expectNoOverflow(page);
  await enter(page, 'Waive the fee', 'waive', '41', 'Was ill', 'Waive it');
  await expect(page.getByText('That is more than the fees that are still owed.')).toBeVisible();
  await page.locator('#waive-amount').fill('15');
  await page.getByRole('button', { name: 'Waive it' }).click();
  await expect(page.locator('#flash')).toContainText('Fee waived');
  await expect(owed(page)).toContainText('€25');
  await expect(page.getByText('Was ill')).toBeVisible();
  if (project.name !== 'no-script') await expectAccessible(page);

  await page.goto(panel);
  await page.getByRole('button', { name: 'Comes after all' }).click();
  await expect(page.getByText('You can note again how it went.')).toBeVisible();
  await page.goto(`/practice/payments/${uid}`);
  await expect(page.getByText('The date stands again').first()).toBeVisible();
  const { price } = inDatabase((database) =>
    database.prepare('select price_cents / 100 as price from appointments where id = ?').get(uid),
  ) as { price: number };
  await expect(owed(page)).toContainText(`€${price}`);
});

test('a date that was paid in part is cancelled: nothing more is owed, and what was paid is paid back @one-size @no-script', async ({
  page,
}, { project }) => {
  await signInAs(page, 'front desk', '/practice/calendar');
  const { uid, on } = await bookSoon(page, `Paid Ahead ${project.name}`, MINUTES[project.name]! + 480);
  await page.goto(`/practice/payments/${uid}`);
  await page.getByLabel('Amount in EUR').first().fill('20');
  await page.getByRole('radio', { name: 'Cash' }).first().check();
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.locator('#flash')).toContainText('Paid');
  const leftOpen = await page.context().newPage();
  await leftOpen.goto(`/practice/payments/${uid}`);

  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone&open=${uid}&ask=cancel`);
  await expect(page.getByText('Cancelling pays nothing back.')).toBeVisible();
  await page.getByRole('radio', { name: 'The client asked us to' }).check();
  await page.getByRole('button', { name: /^Cancel (it|and tell the client)$/ }).click();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('Pay it back, and enter that on the bill.')).toBeVisible();
  await expectNoOverflow(page);
  await leftOpen.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(leftOpen.locator('#flash')).toContainText('The date was cancelled meanwhile.');
  await leftOpen.close();
  await page.getByRole('link', { name: /^€20.* for / }).click();

  await expect(owed(page)).toContainText('€0');
  await expect(page.getByText(/€20.* was paid for it, and the date was cancelled/)).toBeVisible();
  await expect(page.locator('#refund-amount')).toHaveValue('20');
  if (project.name !== 'no-script') await expectAccessible(page);

  // A fee that the front desk did charge takes it from what was paid, and gives it back when it is reversed.
  await enter(page, 'Charge a fee', 'fee', '15', 'Cancelled late', 'Enter the fee');
  await expect(page.locator('#flash')).toContainText('What was paid for the date counts towards it.');
  await expect(owed(page)).toContainText('€0');
  await expect(page.getByText(/€5.* was paid above its fee, and the date was cancelled/)).toBeVisible();
  await page.getByText('Reverse Fee').click();
  await page.getByLabel('Reason').last().fill('It was in time');
  await page.getByRole('button', { name: 'Reverse it' }).last().click();
  await expect(page.locator('#refund-amount')).toHaveValue('20');
  await page.locator('#refund-reason').fill('Cancelled in time');
  await page.getByRole('button', { name: 'Enter what was paid back' }).click();
  await expect(page.locator('#flash')).toContainText('Paid back');
  await expect(page.getByText(/was paid for it, and the date was cancelled/)).toHaveCount(0);
});

interface Times {
  start: number;
  end: number;
  paddedStart: number;
  paddedEnd: number;
  local: string;
}

/** Puts an appointment at other times without claiming them, and gives the times that it had. */
function setTimes(uid: string, getTimes: (former: Times) => Times): Times {
  return inDatabase((database) => {
    const former = database
      .prepare(
        `select start_at as start, end_at as end, padded_start_at as paddedStart, padded_end_at as paddedEnd,
           local_start as local from appointments where id = ?`,
      )
      .get(uid) as Times;
    database
      .prepare(
        `update appointments set start_at = @start, end_at = @end, padded_start_at = @paddedStart,
           padded_end_at = @paddedEnd, local_start = @local where id = @uid`,
      )
      .run({ ...getTimes(former), uid });
    return former;
  });
}

/** The times of an appointment that begins at another instant. */
function shiftTo(begins: number, { start, end, paddedStart, paddedEnd }: Times): Times {
  const by = begins - start;
  return {
    start: begins,
    end: end + by,
    paddedStart: paddedStart + by,
    paddedEnd: paddedEnd + by,
    local: wallTime(begins),
  };
}

test('a client who did not come is charged a fee and pays it; "came after all" works only once it is refunded @one-size @no-script', async ({
  page,
}, { project }) => {
  await signInAs(page, 'front desk', '/practice/calendar');
  const { uid } = await bookSoon(page, `Stays Away ${project.name}`, MINUTES[project.name]! + 300);
  // It began a quarter of an hour ago. Its claims stay where they were, so it is put back at the end.
  const begins = Math.floor(Date.now() / 300_000) * 300_000 - 900_000;
  const former = setTimes(uid, (times) => shiftTo(begins, times));
  const panel = `/practice/calendar?on=${wallTime(begins).slice(0, 10)}&view=day&whose=everyone&open=${uid}`;
  await page.goto(panel);
  await page.getByRole('button', { name: 'No-show' }).click();
  await expect(page.getByText('Marked as a no-show')).toBeVisible();
  await page.getByRole('link', { name: 'Take a payment, or see the bill' }).click();
  await enter(page, 'Charge a fee', 'fee', '30', 'Did not come', 'Enter the fee');
  await expect(owed(page)).toContainText('€30');
  await page.getByRole('radio', { name: 'Cash' }).first().check();
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.locator('#flash')).toContainText('Paid');
  await expect(owed(page)).toContainText('€0');
  await expectNoOverflow(page);
  await page.locator('#flash').getByRole('link').click();
  await expect(page.locator('dl > div')).toHaveText([/^Fee\s*€30/, /^Paid in cash\s*€30/]);

  await page.goto(panel);
  await page.getByRole('button', { name: 'Came after all' }).click();
  await expect(page.getByText('Nothing was changed. Reverse the payment on its bill first.')).toBeVisible();
  await page.getByRole('link', { name: 'Take a payment, or see the bill' }).click();
  await page.getByText('Reverse Paid, cash').click();
  await page.getByLabel('Reason').last().fill('They came, a day later');
  await page.getByRole('button', { name: 'Reverse it' }).click();
  await expect(page.locator('#flash')).toContainText('Reversed');
  await page.goto(panel);
  await page.getByRole('button', { name: 'Came after all' }).click();
  await expect(page.getByText('You can note again how it went.')).toBeVisible();
  if (project.name !== 'no-script') await expectAccessible(page);
  setTimes(uid, () => former);
});

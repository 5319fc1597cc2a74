import path from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The till: a client pays, part of it by card, and gets a receipt. The screen sizes run in parallel, so each takes
// appointments of its own from the demo's.

const SIZES = ['phone', 'desktop', 'no-script'];

/** A completed appointment that nobody has paid for: of 60 minutes, at a price that is a whole number. */
function bookedPlace(project: string): { uid: string; client: string; price: number } {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'), { readonly: true });
  try {
    const found = database
      .prepare(
        `select a.id as uid, c.name as client, a.price_cents / 100 as price
         from appointments a join clients c on c.id = a.client_id
         where a.therapist_id <> 'mira' and a.status = 'completed'
           and not exists (select 1 from ledger_entries l where l.appointment_id = a.id) order by a.start_at`,
      )
      .all() as { uid: string; client: string; price: number }[];
    return found[SIZES.indexOf(project)]!;
  } finally {
    database.close();
  }
}

async function payBack(page: Page, amount: string) {
  await page.locator('summary', { hasText: 'Pay money back' }).click();
  await page.locator('#refund-amount').fill(amount);
  await page.locator('#refund-reason').fill('Cut short');
  await page.getByRole('button', { name: 'Enter what was paid back' }).click();
}

test('the front desk takes a payment with a tip, prints the receipt, and reverses a wrong entry @one-size @no-script', async ({
  page,
}, info) => {
  const { uid, client, price } = bookedPlace(info.project.name);
  await signInAs(page, 'front desk', `/practice/payments/${uid}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(client);
  await expect(page.getByLabel('Amount in EUR').first()).toHaveValue(String(price));
  await page
    .getByLabel('Amount in EUR')
    .first()
    .fill(String(price + 1));
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.getByText('That is more than is owed. Enter what is above it as a tip.')).toBeVisible();
  await page.getByLabel('Amount in EUR').first().fill(String(price));
  await page.getByLabel('Tip').fill('6.005');
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await expect(page.getByText('Write it in EUR, such as 68 or 68.50.')).toBeVisible();
  await page.getByLabel('Tip').fill('€6,00');
  await page.getByRole('radio', { name: 'Cash' }).first().check();
  await page.getByRole('button', { name: 'Mark as paid' }).click();

  await expect(page.locator('#flash')).toContainText('Paid');
  await expect(page.getByText(`€${price}, and a tip of €6`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Take a payment' })).toHaveCount(0);
  if (info.project.name !== 'no-script') await expectAccessible(page);
  await expectNoOverflow(page);

  // A tip that comes after the bill was paid.
  await page.locator('summary', { hasText: 'Enter a tip' }).click();
  await page.getByRole('button', { name: 'Enter the tip' }).click();
  await expect(page.getByText('Enter the tip.')).toBeVisible();
  await page.locator('#tip-amount').fill('2');
  await page.getByRole('button', { name: 'Enter the tip' }).click();
  await expect(page.locator('#flash')).toContainText('Receipt');
  await expect(page.getByText(`€${price}, and a tip of €8`)).toBeVisible();
  await page.getByText('Reverse Tip, cash').click();
  await page.getByLabel('Reason').last().fill('It was for a colleague');
  await page.getByRole('button', { name: 'Reverse it' }).last().click();
  await expect(page.getByText(`€${price}, and a tip of €6`)).toBeVisible();

  // Two tabs, or two desks, pay the same money back: the second is told to look first.
  const second = await page.context().newPage();
  await second.goto(`/practice/payments/${uid}`);
  await payBack(page, '5');
  await expect(page.locator('#flash')).toContainText('Paid back');
  await payBack(second, '5');
  await expect(second.locator('#flash')).toContainText('Something else was entered for it meanwhile');
  await expect(second.locator('dl > div', { hasText: 'Paid back' })).toContainText('€5,');
  await payBack(second, '5');
  await expect(second.locator('#flash')).toContainText('Paid back');
  await expect(second.locator('dl > div', { hasText: 'Paid back' })).toContainText('€10,');
  await second.close();
  await page.reload();
  for (let left = 2; left > 0; left--) {
    await page.getByText('Reverse Paid back, card').last().click();
    await page.getByLabel('Reason').last().fill('Not paid back after all');
    await page.getByRole('button', { name: 'Reverse it' }).last().click();
    await expect(page.getByText('Reverse Paid back, card')).toHaveCount(left - 1);
  }

  await page
    .getByRole('link', { name: /^Receipt \d+$/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Receipt \d+$/);
  await expect(page.getByText('Paid in cash')).toBeVisible();
  await expectNoOverflow(page);
  // What is handed to a client does not say who printed it.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/^Signed in as/)).toBeHidden();
  await page.emulateMedia({ media: null });
  const href = await page.getByRole('link', { name: 'Save as PDF' }).getAttribute('href');
  const pdf = await page.request.get(href ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await page.getByRole('link', { name: 'The bill' }).click();
  await page.getByText('Reverse Paid with a tip, cash').click();
  const reason = page.getByLabel('Reason').last();
  await reason.fill('Paid by card');
  await page.getByRole('button', { name: 'Reverse it' }).click();
  await expect(page.locator('#flash')).toContainText('Reversed');
  await expect(page.getByRole('heading', { name: 'Take a payment' })).toBeVisible();
});

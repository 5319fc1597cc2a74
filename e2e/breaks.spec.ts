import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// What stands in the calendar beside appointments: notes of a day, and time that is blocked.

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const DAYS: Record<string, number> = { phone: 150, desktop: 151, 'no-script': 152 };

test('a note is written on a day, changed and removed, and never over what somebody else wrote @no-script', async ({
  page,
  browser,
}, { project }) => {
  const on = dayAhead(DAYS[project.name] ?? 150);
  const calendar = `/practice/calendar?on=${on}&view=day&whose=everyone`;
  const hasScript = project.name !== 'no-script';
  const notes = (of = page) => of.getByRole('list', { name: 'Notes' });
  const save = (of = page) => of.getByRole('button', { name: 'Save the note' }).click();
  await signInAs(page, 'front desk', calendar);
  await page.getByRole('link', { name: /^Note/ }).click();
  await expect(page.getByRole('heading', { name: 'Write a note' })).toBeVisible();
  await expectNoOverflow(page);
  if (hasScript) await expectAccessible(page);
  await save();
  await expect(page.getByText('Write what the day is to say.')).toBeVisible();
  await page.getByLabel('Note', { exact: true }).fill('Plumber at 14:00');
  await save();
  await expect(notes()).toContainText('Plumber at 14:00');
  await expectNoOverflow(page);

  const other = await (await browser.newContext({ javaScriptEnabled: hasScript })).newPage();
  await signInAs(other, 'owner', calendar);
  await notes(other).getByRole('link', { name: /Plumber at 14:00/ }).click();
  await expect(other.getByRole('heading', { name: 'Change a note' })).toBeVisible();

  await notes().getByRole('link', { name: /Plumber at 14:00/ }).click();
  await page.getByLabel('Note', { exact: true }).fill('Plumber at 15:00');
  await save();
  await expect(notes()).toContainText('Plumber at 15:00');

  await other.getByLabel('Note', { exact: true }).fill('No plumber');
  await save(other);
  await expect(other.getByText('Somebody changed this note in the meantime')).toBeVisible();
  await expect(other.getByText('It says now: “Plumber at 15:00”.')).toBeVisible();
  await expect(other.getByLabel('Note', { exact: true })).toHaveValue('No plumber');
  await save(other);
  await expect(notes(other)).toContainText('No plumber');

  if (project.name === 'desktop') {
    await other.emulateMedia({ media: 'print' });
    await expect(other.locator('section', { hasText: 'No plumber' }).last()).toBeVisible();
    await other.emulateMedia({ media: 'screen' });
  }
  await notes(other).getByRole('link', { name: /No plumber/ }).click();
  await other.getByRole('button', { name: 'Remove it' }).click();
  await expect(notes(other)).toHaveCount(0);
  await other.context().close();
});

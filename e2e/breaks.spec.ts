import { dayFromToday } from '../scripts/prove/api-client';
import { midweekDay, workweek } from './demo-days';
import { expect, expectAccessible, expectNoOverflow, pressInToolbar, signInAs, test } from './fixtures';

// What the calendar shows besides appointments: notes of a day, and blocked time.

const DAYS: Record<string, number> = { phone: 150, desktop: 151, 'no-script': 152 };

test('a note of a day is written, changed and removed, and never overwrites what somebody else wrote @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  const on = dayFromToday(DAYS[project.name] ?? 150);
  const calendar = `/practice/calendar?on=${on}&view=day&whose=everyone`;
  const hasScript = project.name !== 'no-script';
  const notes = (target = page) => target.getByRole('list', { name: 'Notes' });
  const save = (target = page) => target.getByRole('button', { name: 'Save the note' }).click();
  await signInAs(page, 'front desk', calendar);
  await pressInToolbar(page, /^Note/);
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
  await notes(other)
    .getByRole('link', { name: /Plumber at 14:00/ })
    .click();
  await expect(other.getByRole('heading', { name: 'Change a note' })).toBeVisible();

  await notes()
    .getByRole('link', { name: /Plumber at 14:00/ })
    .click();
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

  if (project.name !== 'no-script') {
    await other.emulateMedia({ media: 'print' });
    await expect(other.locator('section', { hasText: 'No plumber' }).last()).toBeVisible();
    await other.emulateMedia({ media: 'screen' });
  }
  await notes(other)
    .getByRole('link', { name: /No plumber/ })
    .click();
  await other.getByRole('button', { name: 'Remove it' }).click();
  await expect(notes(other)).toHaveCount(0);
  await other.context().close();
});

test('for hours over several days staff are asked whether each day or one block is meant @one-size @no-script', async ({
  page,
}, { project }) => {
  const farDay = new Date(Date.now() + DAYS[project.name]! * 86_400_000);
  const monday = new Date(farDay.getTime() - ((farDay.getUTCDay() + 6) % 7) * 86_400_000);
  const on = (days: number) => new Date(monday.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const therapist = project.name === 'no-script' ? 'tom' : 'aoife';
  const submitBreak = async () => {
    await page.goto(`/practice/time-off?who=${therapist}&from=${on(0)}&at=06:00&until=${on(4)}&to=06:30&kind=break`);
    await expect(page.getByRole('heading', { name: 'Which do you mean?' })).toBeVisible();
  };
  await signInAs(page, 'owner', '/practice/time-off');
  await submitBreak();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: /^One block from Mon/ }).click();
  await expect(page.getByRole('heading', { name: /at 06:00 to Fri .* at 06:30$/ })).toBeVisible();
  await submitBreak();
  await page.getByRole('button', { name: '06:00 to 06:30 on each of the 5 days' }).click();
  await expect(page.getByRole('heading', { name: /each day 06:00 to 06:30$/ })).toBeVisible();
  await expect(page.getByText('Nothing is booked then.')).toBeVisible();
  await page.getByRole('button', { name: 'Take this time off' }).click();
  const parts = page.getByRole('listitem').filter({ hasText: 'at 06:00 to 06:30' });
  await expect(parts).toHaveCount(5);
  for (let remaining = 4; remaining >= 0; remaining--) {
    await parts.first().getByRole('button').click();
    await expect(parts).toHaveCount(remaining);
  }
});

test('empty time is selected by dragging or by keys, and blocked; clients booked in it are named first @desktop-only', async ({
  page,
}) => {
  const on = midweekDay(172);
  const calendar = `/practice/calendar?on=${on}&view=day&whose=everyone`;
  const slots = page.getByRole('link', { name: /Book \d\d:\d\d with Mira$/ });
  const panel = page.getByRole('region', { name: / to .*, Mira$/ });
  await signInAs(page, 'owner', calendar);
  await slots.first().scrollIntoViewIfNeeded(); // waits until it stands still
  const box = (await slots.first().boundingBox())!;
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + 3);
  await page.mouse.down();
  for (let step = 1; step <= 6; step++) await page.mouse.move(x, box.y + 3 + (step * box.height) / 8);
  await page.mouse.up();
  await expect(panel).toBeVisible();
  await expectAccessible(page);
  const [from, to] = await Promise.all(['From', 'Until'].map((label) => panel.getByLabel(label).inputValue()));
  expect(from! < to!).toBe(true);
  await panel.getByRole('button', { name: 'Block this time' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Blocked' })).toBeVisible();
  await expect(page.getByText('Break').first()).toBeVisible();

  await slots.first().focus();
  const before = (await slots.first().textContent()) ?? '';
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('link', { name: /Book \d\d:\d\d to \d\d:\d\d with Mira$/ })).toBeFocused();
  await page.keyboard.press('b');
  await expect(panel).toBeVisible();
  const start = /\d\d:\d\d/.exec(before)![0];
  await expect(panel.getByLabel('From')).toHaveValue(start);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  const href = await slots.first().getAttribute('href');
  await page.goto(`${href}&${new URLSearchParams({ client: 'new', name: 'Una Ward', minutes: '60' })}`);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();
  await page.goto(`${calendar}&block=${on}T${start}&to=23:00&with=mira`);
  await panel.getByRole('button', { name: 'Block this time' }).click();
  await expect(page.getByRole('group', { name: /^Una Ward/ })).toBeVisible();
  await expect(page.getByText('Nothing changes until you press the button below.')).toBeVisible();
});

test('empty time is selected by keys and blocked on several days, on each of them @desktop-only', async ({ page }) => {
  const { monday, friday } = workweek(206);
  const calendar = `/practice/calendar?on=${monday}&view=day&whose=everyone`;
  await signInAs(page, 'owner', calendar);
  const slot = page.getByRole('link', { name: /Book \d\d:\d\d with Mira$/ }).first();
  await slot.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('link', { name: /Book \d\d:\d\d to \d\d:\d\d with Mira$/ })).toBeFocused();
  await page.keyboard.press('b');
  const panel = page.getByRole('region', { name: / to .*, Mira$/ });
  const [from, to] = await Promise.all(['From', 'Until'].map((label) => panel.getByLabel(label).inputValue()));
  const question = panel.getByRole('group', { name: 'Which do you mean?' });
  await expect(question).toHaveCount(0);
  await panel.getByLabel('Last day').fill(friday);
  await expect(question).toBeVisible();
  await expectAccessible(page);
  // Nothing is sent before the question is answered.
  await panel.getByRole('button', { name: 'Block this time' }).click();
  const each = question.getByLabel(`${from} to ${to} on each of the 5 days`);
  await expect(each).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Blocked' })).toBeVisible();
  await page.goto('/practice/time-off');
  await expect(page.getByRole('listitem').filter({ hasText: `at ${from} to ${to}` })).toHaveCount(5);
});

test('a drag over several days of the week selects hours that are blocked on each, or as one block @desktop-only', async ({
  page,
}) => {
  const { monday, friday } = workweek(241);
  const calendar = `/practice/calendar?on=${monday}&view=week&whose=everyone&only=aoife`;
  const panel = page.getByRole('region', { name: / to .*, Aoife$/ });
  const question = panel.getByRole('group', { name: 'Which do you mean?' });
  const drawn = page.getByRole('status').filter({ hasText: 'without a gap' });
  const column = (on: string) => page.locator(`[role=cell][data-date="${on}"]`);
  /** Drags without letting go. `at` is how far down a day it is, from 0 to 1. */
  const drag = async (from: { on: string; at: number }, to: { on: string; at: number }) => {
    await column(from.on).scrollIntoViewIfNeeded(); // waits until it stands still
    const [first, last] = [(await column(from.on).boundingBox())!, (await column(to.on).boundingBox())!];
    await page.mouse.move(first.x + first.width / 2, first.y + first.height * from.at);
    await page.mouse.down();
    const end = { x: last.x + last.width / 2, y: last.y + last.height * to.at };
    await page.mouse.move((first.x + end.x) / 2, end.y);
    await page.mouse.move(end.x, end.y, { steps: 4 });
  };
  await signInAs(page, 'owner', calendar);

  await drag({ on: monday, at: 0.4 }, { on: friday, at: 0.47 });
  const shown = /^\w+ \d+ \w+ (\d\d:\d\d) to \w+ \d+ \w+ (\d\d:\d\d)/;
  await expect(drawn).toHaveText(shown);
  const [, at = '', until = ''] = shown.exec((await drawn.textContent()) ?? '') ?? [];
  expect(at < until).toBe(true);
  // The same hours are outlined on each of the five days.
  await expect(page.locator('[data-slot]').filter({ hasText: `${at} to ${until}` })).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(drawn).toHaveCount(0);
  await page.mouse.up();
  await expect(panel).toHaveCount(0);

  await drag({ on: monday, at: 0.4 }, { on: friday, at: 0.47 });
  await page.mouse.up();
  await expect(panel.getByLabel('From', { exact: true })).toHaveValue(at);
  await expect(panel.getByLabel('Until')).toHaveValue(until);
  await expect(panel.getByLabel('Last day')).toHaveValue(friday);
  await expectAccessible(page);
  await question.getByLabel(/^One block from Mon/).check();
  await question.getByLabel(`${at} to ${until} on each of the 5 days`).check();
  await panel.getByRole('button', { name: 'Block this time' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Blocked' })).toBeVisible();
  await page.goto('/practice/time-off');
  const parts = page
    .getByRole('listitem')
    .filter({ hasText: 'Aoife' })
    .filter({ hasText: `at ${at} to ${until}` });
  await expect(parts).toHaveCount(5);

  // Backwards, and up: from the evening of one day to the morning of the next there is only one reading.
  const tuesday = new Date(Date.parse(monday) + 86_400_000).toISOString().slice(0, 10);
  await page.goto(calendar);
  await drag({ on: tuesday, at: 0.1 }, { on: monday, at: 0.9 });
  await page.mouse.up();
  await expect(panel.getByLabel('Last day')).toHaveValue(tuesday);
  const [evening, morning] = await Promise.all(
    ['From', 'Until'].map((label) => panel.getByLabel(label, { exact: true }).inputValue()),
  );
  expect(evening! > morning!).toBe(true);
  await expect(question).toHaveCount(0);
});

test('empty time is blocked by the panel alone, on a phone and without script @no-script @phone-only', async ({
  page,
}, { project }) => {
  const on = midweekDay(project.name === 'phone' ? 180 : 188);
  await signInAs(page, 'owner', `/practice/calendar?on=${on}&view=day&whose=mine`);
  await page
    .getByRole('link', { name: /\d\d:\d\d with Mira$/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Block this time instead' }).click();
  await expect(page.getByRole('button', { name: 'Block this time' })).toBeVisible();
  await expectNoOverflow(page);
  if (project.name === 'phone') await expectAccessible(page);
  await page.getByRole('button', { name: 'Block this time' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Blocked' })).toBeVisible();
  // Playwright does not see text inside a noscript element.
  expect(await page.content()).toMatch(/>Break</);
});

test('a booking beyond a therapist’s limits needs a second press, after a warning @desktop-only', async ({ page }) => {
  // A limit on what no other journey books, because other journeys run at the same time.
  const on = Array.from({ length: 7 }, (_, k) => dayFromToday(196 + k)).find((day) => new Date(day).getUTCDay() === 3)!;
  await signInAs(page, 'owner', '/practice/settings/team/jun');
  const cap = page.getByLabel('Firm pressure, minutes a day');
  const before = await cap.inputValue();
  await cap.fill('30');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText(/Saved/).first()).toBeVisible();

  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  const href = await page
    .getByRole('link', { name: /Book \d\d:\d\d with Jun$/ })
    .first()
    .getAttribute('href');
  await page.goto(
    `${href}&${new URLSearchParams({ client: 'new', name: 'Eve Daly', type: 'deep-tissue', minutes: '60' })}`,
  );
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByText(/^More deep tissue in a day than Jun wants to give: /)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Book all the same' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();

  await page.goto('/practice/settings/team/jun');
  await cap.fill(before);
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText(/Saved/).first()).toBeVisible();
});

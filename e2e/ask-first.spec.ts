import type { Page } from '@playwright/test';
import { bookingRequestBody, dayFromToday, type Opening, openings, requestApi } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// Only some of the team can treat a client with certain health answers. The front desk may not know those answers.
// Wherever it would give such a client's date to another therapist, it is told to ask first, and nothing is changed. A
// second press goes ahead.

const ASK_FIRST_NOTE = 'Before Jun takes this, ask whoever treats the client, or look at the client’s page.';

test('the front desk is told to ask first: by the waiting list, the panel, a booking and an absence @one-size @no-script', async ({
  page,
  anotherPerson,
  baseURL,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const name = `Ivy ${isScripted ? 'Larkin' : 'Lorne'}`;
  const desk = await anotherPerson();
  const look = async () => {
    await expect(desk.getByText(ASK_FIRST_NOTE)).toBeVisible();
    // The page says that somebody has to be asked, but not why.
    expect(await desk.content()).not.toMatch(/pregnan|gave birth|trained/i);
    await expectNoOverflow(desk);
    if (isScripted) await expectAccessible(desk);
  };
  const { uid, startsAt } = await bookClientToAskAbout(page, baseURL!, name, isScripted ? 58 : 66);
  const day = startsAt.slice(0, 10);

  await signInAs(desk, 'front desk', `/practice/clients?q=${encodeURIComponent(name)}`);
  const id = (await desk.getByRole('link', { name }).first().getAttribute('href'))!.split('/').at(-1)!.split('?')[0]!;
  await desk.goto(`/practice/waitlist/new?client=${id}`);
  await desk.getByRole('button', { name: 'Put them on the list' }).click();
  const entry = desk
    .getByRole('listitem')
    .filter({ hasText: name })
    .filter({ hasText: /Waiting since/ });
  await entry.getByRole('link', { name: /^Offer a time/ }).click();
  // The last one listed, because the first could become too soon to be offered while this runs.
  await desk
    .getByLabel(/with Jun Sato/)
    .last()
    .check();
  await desk.getByRole('button', { name: 'Offer it' }).click();
  await expect(desk.getByRole('alert').filter({ hasText: /^Ask first: .+ with Jun Sato/ })).toContainText(
    'Nothing was offered yet.',
  );
  await look();
  await desk.getByRole('button', { name: 'Offer it all the same' }).click();
  await expect(desk.getByText('Offered', { exact: true })).toBeVisible();
  await desk.getByRole('button', { name: new RegExp(`^Take it back.*${name}`) }).click();
  await expect(desk.getByText('Withdrawn', { exact: true })).toBeVisible();

  const panel = `/practice/calendar?on=${day}&view=day&whose=everyone&open=${uid}`;
  await desk.goto(`${panel}&ask=move&to=${day}&who=jun`);
  await desk
    .locator('label')
    .filter({ hasText: new RegExp(`^${startsAt.slice(11, 16)}$`) })
    .click();
  await desk.getByRole('button', { name: 'Move it' }).click();
  await expect(desk.getByText(/: is it meant\?$/)).toBeVisible();
  await look();
  await desk.getByRole('link', { name: 'Leave it' }).click();
  await expect(desk.getByText(ASK_FIRST_NOTE)).toHaveCount(0);

  const fresh = new URLSearchParams({ new: startsAt.slice(0, 16), with: 'jun', client: id, minutes: '60' });
  await desk.goto(`/practice/calendar?on=${day}&view=day&whose=everyone&${fresh}`);
  await desk.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(desk.getByText('Nothing is booked yet.')).toBeVisible();
  await look();

  await desk.goto('/practice/time-off');
  await desk.getByLabel('Who').selectOption({ label: 'Mira Kovač' });
  await desk.getByLabel('First day').fill(day);
  await desk.getByRole('button', { name: 'See what is booked then' }).click();
  const date = desk.getByRole('group', { name: new RegExp(`^${name}`) });
  await date.getByLabel(/with Jun/).check();
  await desk.getByRole('button', { name: /^(Move \d|Take this time off, each)/ }).click();
  await expect(desk.getByRole('alert').filter({ hasText: 'Ask first' })).toContainText('Nothing was changed yet.');
  await expect(date.getByText(ASK_FIRST_NOTE)).toBeVisible();
  await expect(date.getByLabel(/with Jun/)).toBeChecked();
  await look();
  await desk.getByRole('button', { name: /^(Move \d|Take this time off, each)/ }).click();
  const flash = desk.locator('#flash');
  await expect(flash).toContainText(/\d moved/);
  await flash.getByRole('button', { name: 'Undo it' }).click();
  await expect(desk.getByText('Everything is as it was before, and nobody gets an e-mail.')).toBeVisible();
});

test('the front desk is told to ask first when it moves a date to a colleague by keys @desktop-only', async ({
  page,
  anotherPerson,
  baseURL,
}) => {
  const name = 'Ivo Larkin';
  const desk = await anotherPerson();
  const { startsAt } = await bookClientToAskAbout(page, baseURL!, name, 74);
  await signInAs(desk, 'front desk', `/practice/calendar?on=${startsAt.slice(0, 10)}&view=day&whose=everyone`);
  const onGrid = desk.getByRole('main').getByRole('link', { name: new RegExp(name) });
  const carryToJun = async () => {
    await onGrid.focus();
    await desk.keyboard.press('m');
    const inHand = desk.getByRole('application');
    await expect(inHand).toBeFocused();
    for (let lane = 0; lane < 3 && !(await inHand.innerText()).includes('with Jun'); lane++)
      await desk.keyboard.press('ArrowRight');
    await expect(inHand).toContainText('with Jun');
    await desk.keyboard.press('Enter');
  };
  const dialog = desk.getByRole('dialog', { name: 'Move an appointment' });
  await carryToJun();
  await expect(dialog.getByRole('alert')).toHaveText(ASK_FIRST_NOTE);
  await expect(dialog).not.toContainText(/pregnan|gave birth|trained/i);
  await expectAccessible(desk);
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(dialog).toHaveCount(0);
  await carryToJun();
  await dialog.getByRole('button', { name: 'Move it all the same' }).click();
  const moved = desk.getByRole('status').filter({ hasText: 'Moved to' });
  await expect(moved).toContainText('with Jun');
  await moved.getByRole('button', { name: 'Undo' }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
});

/** Books a date with Mira, who is trained for pregnancy, at a time at which Jun, who is not, is free too. */
async function bookClientToAskAbout(page: Page, origin: string, name: string, days: number) {
  const listFree = (therapist: string) => openings(origin, dayFromToday(days), 7, { therapist });
  const [withMira, withJun] = await Promise.all([listFree('mira'), listFree('jun')]);
  const isJunsToo = ({ startsAt }: Opening) => withJun.some((other) => other.startsAt === startsAt);
  const startsAt = withMira.find(isJunsToo)?.startsAt ?? '';
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`;
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [startsAt] }), client: { name, email } };
  const { status, body } = await requestApi('POST', `${origin}/api/v1/series`, request, { 'Idempotency-Key': email });
  expect(status, JSON.stringify(body)).toBe(201);

  const next = () => page.getByRole('button', { name: /^(Next|Send)/ }).click();
  await page.goto(`/manage/${body.manageToken}/intake?step=agree`);
  await page.getByRole('checkbox', { name: /I agree to be massaged/ }).check();
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await next();
  for (const heading of ['Is any of this happening now?', 'Has any of this come up lately?']) {
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await page.getByLabel('None of these').check();
    await next();
  }
  await page.getByLabel(/You are pregnant, or gave birth/).check();
  await next();
  await expect(page.getByRole('heading', { name: 'What you hope for' })).toBeVisible();
  await next();
  await expect(page.getByText(/only with a therapist who is trained for pregnancy/)).toBeVisible();
  return { uid: body.appointments![0]!.uid, startsAt };
}

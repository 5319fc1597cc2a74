import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';
import { readRows } from './read-rows';

const LEAVES = 'Mira Kovač';

// Two changes that cannot be undone: two entries of one client are merged, and a therapist leaves the practice. Each
// runs on a server of its own, whose rows are counted before and after.

/** The number of rows that belong to one client, by table. */
function countOf(dataFolder: string, id: string): Record<string, number> {
  const ofPlans = 'in (select id from series where client_id = ?)';
  const ofDates = 'in (select id from appointments where client_id = ?)';
  const counts = {
    plans: 'select count(*) as many from series where client_id = ?',
    dates: 'select count(*) as many from appointments where client_id = ?',
    payments: 'select count(*) as many from ledger_entries where client_id = ?',
    notes: `select count(*) as many from session_notes where appointment_id ${ofDates}`,
    forms: `select count(*) as many from intakes where series_id ${ofPlans}`,
    agreements: `select count(*) as many from consents where series_id ${ofPlans}`,
    scores: `select count(*) as many from scores where series_id ${ofPlans}`,
    links: `select count(*) as many from manage_tokens where series_id ${ofPlans}`,
    changes: "select count(*) as many from audit_events where subject = 'client:' || ?",
  };
  return Object.fromEntries(
    Object.entries(counts).map(([name, query]) => [name, readRows<{ many: number }>(dataFolder, query, id)[0]!.many]),
  );
}

test('two entries of one client are merged, with everything that both had and one history @one-size @no-script', async ({
  page,
  dataFolder,
  ownServer,
}, { project }) => {
  test.slow();
  const { address } = await ownServer();
  // Clients of Mira for whom the demo has notes, payments and health answers.
  const pair = readRows<{ id: string; name: string }>(
    dataFolder,
    `select c.id as id, c.name as name from clients c
     where exists (select 1 from session_notes n join appointments a on a.id = n.appointment_id where a.client_id = c.id)
       and exists (select 1 from ledger_entries l where l.client_id = c.id)
       and exists (select 1 from intakes i join series s on s.id = i.series_id where s.client_id = c.id and s.therapist_id = 'mira')
     order by c.name limit 2`,
  );
  const [kept, joined] = pair;
  if (!kept || !joined) throw new Error('The demo has no two such clients.');

  // Changes each of the two, so that both have a history of their own.
  await signInAs(page, 'owner', `/practice/clients/${kept.id}/edit`, address);
  for (const { id, name } of pair) {
    await page.goto(`${address}/practice/clients/${id}/edit`);
    await page.getByLabel('Tags').fill(`once ${name}`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved')).toBeVisible();
  }
  const before = pair.map(({ id }) => countOf(dataFolder, id));
  for (const counts of before)
    for (const name of ['plans', 'dates', 'payments', 'notes', 'forms', 'changes'])
      expect(counts[name], name).toBeGreaterThan(0);

  await page.goto(`${address}/practice/clients/${kept.id}`);
  await page.getByRole('link', { name: 'Join with another entry' }).click();
  await page.getByRole('searchbox').fill(joined.name);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: joined.name }).click();
  await expect(page.getByRole('radio', { name: `Keep ${kept.name}` })).toBeChecked();
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Join the two' }).click();
  await expect(page.getByText('Everything of both is here now.')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  const after = countOf(dataFolder, kept.id);
  for (const [name, many] of Object.entries(after)) {
    const expected = before.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
    expect(many, name).toBe(name === 'changes' ? expected + 1 : expected);
  }
  expect(Object.values(countOf(dataFolder, joined.id))).toEqual(Object.values(after).map(() => 0));
  expect(readRows(dataFolder, 'select id from clients where id = ?', joined.id)).toEqual([]);

  // There is one history and one list each of notes, payments and dates, and the other client's page is gone.
  const changes = page.getByRole('region', { name: 'What was changed' });
  await expect(changes).toContainText(/joined/i);
  await expect(changes.getByRole('listitem')).toHaveCount(Math.min(after.changes!, 20));
  const past = page.getByRole('region', { name: 'Past dates' });
  await page.goto(`${address}/practice/clients/${kept.id}?dates=all`);
  const over = readRows<{ many: number }>(
    dataFolder,
    "select count(*) as many from appointments where client_id = ? and not (status = 'booked' and end_at > unixepoch() * 1000)",
    kept.id,
  )[0]!.many;
  await expect(past.getByRole('listitem')).toHaveCount(over);
  await expect(page.getByRole('region', { name: 'Payments' }).getByRole('link').first()).toBeVisible();
  await page.goto(`${address}/practice/clients?q=${encodeURIComponent(joined.name)}`);
  await expect(page.getByRole('link', { name: joined.name, exact: true })).toHaveCount(0);

  // The client's therapist reads the notes of both in one file.
  await page.context().clearCookies();
  await signInAs(page, 'therapist', `/practice/clients/${kept.id}`, address);
  const notes = page.getByRole('region', { name: 'Session notes' });
  await expect(notes).toBeVisible();
  await expect(notes.getByText(/Signed|Draft/).first()).toBeVisible();
});

test('a therapist leaves: their dates are handed over or cancelled, and then nobody can book them @one-size @no-script', async ({
  page,
  anotherPerson,
  dataFolder,
  ownServer,
}, { project }) => {
  test.slow();
  const { address } = await ownServer();
  // One that is under way counts until somebody has noted that it began.
  const coming = () =>
    readRows<{ id: string; client: string }>(
      dataFolder,
      `select a.id as id, c.name as client from appointments a join clients c on c.id = a.client_id
       where a.therapist_id = 'mira' and a.status = 'booked' and a.begun_at is null
         and a.end_at > unixepoch() * 1000`,
    );
  const therapist = await anotherPerson();
  await signInAs(therapist, 'therapist', '/practice/calendar', address);

  await signInAs(page, 'owner', '/practice/settings/team', address);
  await page.getByRole('link', { name: LEAVES }).click();
  await page.getByRole('link', { name: /^hand over or cancel what is booked with Mira/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: LEAVES })).toBeVisible();
  // Counted when the page is drawn: a date that ends is no longer listed.
  const many = coming().length;
  expect(many).toBeGreaterThan(5);
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  const groups = page.getByRole('group').filter({ has: page.getByLabel('Leave it') });
  await expect(groups).toHaveCount(many);
  // The proposed choices are kept, except that dates proposed to be left are cancelled: nobody is there for them.
  for (const group of await groups.all())
    if (await group.getByLabel('Leave it').isChecked()) await group.getByLabel('Cancel').check();
  await page
    .locator('form')
    .filter({ has: page.getByLabel('Leave it') })
    .locator('button:not([name])')
    .last()
    .click();
  // Some sixty dates change, with an e-mail each.
  await expect(page.locator('#flash')).toContainText(LEAVES, { timeout: 30_000 });
  expect(coming()).toEqual([]);

  await page.goto(`${address}/practice/settings/team`);
  await page.getByRole('link', { name: LEAVES }).click();
  await page.getByRole('button', { name: 'Take them off the team' }).click();
  await expect(page.getByText('They have left the team')).toBeVisible();
  await therapist.goto(`${address}/practice/calendar`);
  await expect(therapist).toHaveURL(/\/sign-in/);
  const openings = await page.request.get(
    `${address}/api/v1/openings?service=swedish&minutes=60&from=${new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)}&days=14&therapist=any`,
  );
  const { openings: free } = (await openings.json()) as { openings: { therapist: string }[] };
  expect(free.length).toBeGreaterThan(0);
  expect(free.filter(({ therapist: who }) => who === 'mira')).toEqual([]);
});

import { ne } from 'drizzle-orm';
import { prerender } from 'react-dom/static';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { buildClientSearchText } from '@/db/input/search-text';
import { encryptAlerts } from '@/db/people/client-alert-encryption';
import { eraseClient } from '@/db/people/erase-client';
import { clients, therapists } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: null }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));
vi.mock('next/navigation', async (original) => ({ ...(await original<object>()), useRouter: () => ({}) }));

const { default: CalendarPage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', ''));

/** The page as a browser without script gets it. */
async function draw(query: string, userId = 'ruth'): Promise<string> {
  session.userId = userId;
  const searchParams = Promise.resolve(Object.fromEntries(new URLSearchParams(query)));
  const { prelude } = await prerender(await CalendarPage({ searchParams }));
  return (await new Response(prelude).text()).replaceAll('<!-- -->', '');
}

const plant = () =>
  db.write(async (tx) => {
    const nia = { id: 'nia', name: 'Nia Walsh', email: 'nia@example.org', phone: '+353875550134', createdAt: NOW };
    await tx.insert(clients).values({ ...nia, searchText: buildClientSearchText(nia) });
    await insertTestAppointment(tx, { id: 'a', on: '2026-12-01', time: '12:00', therapistId: 'mira', client: 'nia' });
  });

describe('the calendar, without script', () => {
  it('offers empty time to book in, only in the viewer’s own calendar', async () => {
    await plant();
    const html = await draw('on=2026-12-01&view=day', 'mira');
    expect(html).toContain('new=2026-12-01T13%3A15&amp;with=mira');
    expect(html).not.toContain('with=tom');
  });

  it('finds the caller, shows every date, and has the fields that Book needs', async () => {
    await plant();
    const place = 'on=2026-12-01&whose=everyone&new=2026-12-01T18:00&with=mira&cadence=weekly&sessions=8';
    const looking = await draw(`${place}&name=ni`);
    expect(looking).toContain('Book 18:00 with Mira');
    expect(looking).toMatch(/client=nia"[^>]*><bdi[^>]*>Nia Walsh/);
    const ready = await draw(`${place}&client=nia`);
    expect(ready).toContain('8 of 8 free');
    expect(ready).toContain('in total');
    expect(ready).toContain('No mail server is set, so no e-mail is sent: tell them the dates.');
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    expect(await draw(`${place}&client=nia`)).toContain('Sends an e-mail.');
    expect(ready).not.toMatch(/<button[^>]*disabled=""[^>]*>Book/);
  });

  it('offers to hand a date over only where somebody else takes appointments', async () => {
    await plant();
    const panel = () => draw('on=2026-12-01&view=day&open=a');
    expect(await panel()).toContain('Hand over');
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(ne(therapists.id, 'mira')));
    expect(await panel()).not.toContain('Hand over');
  });

  it('leads to the next free day where a day has no time for a move', async () => {
    await plant();
    const move = (to: string, who: string) => draw(`on=2026-12-01&whose=everyone&open=a&ask=move&to=${to}&who=${who}`);
    const full = await move('2026-12-06', 'mira'); // a Sunday
    expect(full).toContain('Nothing free on');
    const [, href, day] = /href="([^"]+)"[^>]*>Next free day: ([^<]+)</.exec(full) ?? [];
    expect(day).toBe('Mon 7 Dec');
    const next = new URLSearchParams(href?.replaceAll('&amp;', '&').split('?')[1]);
    expect(next.get('open')).toBe('a');
    const free = await move(next.get('to') ?? '', next.get('who') ?? '');
    expect(free).toContain('>Free on Mon 7 Dec with Mira<');
    expect(free).not.toContain('Next free day');
  });

  it('begins with a length that fits, and with the usual one where that is free', async () => {
    await plant();
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'b', on: '2026-12-01', time: '14:00', therapistId: 'mira', client: 'nia' }),
    );
    const lengthAt = async (time: string, moreParams = '') => {
      const html = await draw(`on=2026-12-01&whose=everyone&new=2026-12-01T${time}&with=mira${moreParams}`);
      return /<input[^>]*name="minutes"[^>]*checked=""[^>]*>/.exec(html)?.[0].match(/value="(\d+)"/)?.[1];
    };
    expect(await lengthAt('18:00')).toBe('60');
    expect(await lengthAt('13:15'), 'an hour and the clean-up after it do not fit before 14:00').toBe('30');
    expect(await lengthAt('13:15', '&minutes=60'), 'chosen').toBe('60');
    expect(await lengthAt('12:30'), 'none fits').toBe('60');
    const html = await draw('on=2026-12-01&whose=everyone&new=2026-12-01T13:15&with=mira');
    expect(html).toContain('60 min does not fit here.');
  });

  it('keeps a known client’s usual length, and offers the nearest times at once', async () => {
    await plant();
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'b', on: '2026-12-01', time: '14:00', therapistId: 'mira', client: 'nia' }),
    );
    const known = 'client=nia&type=swedish&minutes=60&massage=usual';
    const html = await draw(`on=2026-12-01&whose=everyone&new=2026-12-01T13:15&with=mira&${known}`);
    expect(html).toMatch(/<input(?=[^>]*name="minutes")(?=[^>]*value="60")[^>]*checked=""/);
    expect(html).toContain('Not free');
    expect(html).toContain('30 min would fit here.');
    expect(html).toMatch(/<details[^>]*id="new-dates"[^>]*open=""|<details[^>]*open=""[^>]*id="new-dates"/);
    expect(html).toMatch(/<input(?=[^>]*type="radio")(?=[^>]*name="d1")(?=[^>]*value="2026-12-01T16:00@mira")/);
  });

  it('begins, at New, with the first time of the day at which the first massage fits in its usual length', async () => {
    await plant();
    // Half an hour is empty at noon and at 13:15, an hour only from 16:00 on.
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'b', on: '2026-12-01', time: '14:00', therapistId: 'mira', client: 'nia' }),
    );
    const day = await draw('on=2026-12-01&view=day&whose=everyone');
    const [, href = ''] = /href="([^"]+)"[^>]*>New</.exec(day) ?? [];
    const query = href.replaceAll('&amp;', '&').split('?')[1] ?? '';
    expect(new URLSearchParams(query).get('new')).toBe('2026-12-01');
    const opened = await draw(query);
    expect(opened).toContain('Book 16:00 with Mira');
    expect(opened).toContain('>Free<');
    expect(await draw('on=2026-12-01&new=2026-12-01&with=aoife'), 'off: a colleague').toContain('with Mira');
    expect(await draw('on=2026-12-06&new=2026-12-06&with=mira'), 'nobody works').toContain('Book 09:00 with Mira');
    expect(await draw('on=2026-11-01&new=2026-11-01&with=mira', 'mira'), 'past: today').not.toContain('is past');
  });

  it('chooses no other time by itself where the pressed one is not free', async () => {
    await plant();
    const html = await draw('on=2026-12-01&whose=everyone&new=2026-12-01T12:30&with=mira&client=nia');
    expect(html).toContain('Not free');
    expect(html).toMatch(/<input[^>]*type="radio"[^>]*name="d1"/);
    expect(html).not.toMatch(/<input(?=[^>]*name="d1")[^>]*checked/);
    expect(html).toMatch(/<input type="hidden" name="undecided" value="1"/);
  });

  it('says why a time cannot be booked, and books outside of the hours when that is meant', async () => {
    const html = await draw('new=2026-12-01T21:00&with=mira&client=new&name=Ana');
    expect(html).toContain('Outside the working hours.');
    expect(html).toContain('Book outside the working hours all the same');
    const anyHour = await draw('new=2026-12-01T21:00&with=mira&client=new&name=Ana&hours=any');
    expect(anyHour).toContain('>Free<');
    expect(await draw('new=2026-11-01T18:00&with=mira')).toContain('That time is past.');
  });

  it('shows no way to reach an erased client, and asks nothing about their health', async () => {
    await plant();
    expect(await draw('on=2026-12-01&open=a')).toMatch(/Reach.*nia@example\.org/s);
    await eraseClient('nia@example.org', instantAt('2026-12-01', '12:30'));
    for (const viewer of ['ruth', 'mira']) {
      const html = await draw('on=2026-12-01&open=a', viewer);
      expect(html).toContain('id="panel-name"');
      expect(html).toContain('Erased');
      expect(html).not.toMatch(/erased\.invalid|>Reach<|The health form|>Link</);
      expect(await draw('on=2026-12-01&new=2026-12-01T15:00&with=mira&client=nia', viewer)).not.toContain(
        'erased.invalid',
      );
    }
  });

  it('prints who comes when, in which room and how to reach them, and for a colleague only that the time is booked', async () => {
    await plant();
    const sheetOf = async (viewer: string) =>
      (await draw('on=2026-12-01&whose=everyone', viewer)).split('hidden print:block')[1] ?? '';
    expect(await sheetOf('mira')).toMatch(/12:00 to 13:00.*Nia Walsh.*60 min.*Garden room.*087 555 0134/);
    const toms = await sheetOf('tom');
    expect(toms).toMatch(/12:00 to 13:00.*Booked.*60 min.*Garden room/);
  });

  it.each(['view=week', 'view=day', ''])('tells a therapist nothing of a colleague’s client: %s', async (view) => {
    await plant();
    const page = await draw(`on=2026-12-01&whose=everyone&${view}`, 'tom');
    expect(page).toContain('Booked');
    expect(page).toMatch(/1(<span class="sr-only">)? client/);
    expect(page).not.toMatch(/Nia|0134|nia@/);
    expect(await draw(`on=2026-12-01&whose=everyone&${view}`, 'mira')).toContain('Nia Walsh');
    expect(await draw(`on=2026-12-01&whose=everyone&open=a&${view}`, 'tom')).not.toContain('Nia');
  });

  it.each(['flash=booked', 'flash=moved', 'flash=swapped', 'flash=link_renewed', 'ask=cancel', 'ask=move', 'ask=swap'])(
    'promises an e-mail only where a mail server is set: %s',
    async (what) => {
      await plant();
      await db.write((tx) =>
        insertTestAppointment(tx, { id: 'b', on: '2026-12-01', time: '16:00', therapistId: 'mira', client: 'nia' }),
      );
      const promise = /gets (an|one) e-mail|and tell (the client|both)|is on its way/;
      expect(await draw(`on=2026-12-01&open=a&${what}`)).not.toMatch(promise);
      vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
      expect(await draw(`on=2026-12-01&open=a&${what}`)).toMatch(promise);
    },
  );

  it('opens on the coming week on a Sunday on which nothing more happens, otherwise on today', async () => {
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 's', on: '2026-11-29', time: '14:00', therapistId: 'mira', client: 'nia' }),
    );
    const opensOn = async (at: number, query = '') => {
      vi.setSystemTime(at);
      const html = await draw(query, 'mira');
      return /<h1[^>]*><span[^>]*>([^<]+)/.exec(html)?.[1];
    };
    const hour = 3_600_000;
    const sunday = Date.UTC(2026, 10, 29);
    expect(await opensOn(sunday - 3 * hour), 'Saturday evening').toBe('23 to 29 November');
    expect(await opensOn(sunday + 12 * hour), 'before the last appointment').toBe('23 to 29 November');
    expect(await opensOn(sunday + 16 * hour), 'after it').toBe('30 Nov to 6 Dec');
    expect(await opensOn(sunday + 16 * hour, 'on=2026-11-29'), 'where the day was chosen').toBe('23 to 29 November');
    vi.setSystemTime(NOW);
  });

  it('has one button for each thing that can happen to an appointment, and only for what can happen now', async () => {
    await plant();
    vi.setSystemTime(Date.UTC(2026, 11, 1, 11, 50));
    const html = await draw('on=2026-12-01&view=day&open=a');
    const buttons = [...html.matchAll(/<button[^>]*>([^<]+)<\/button>/g)].map(([, label]) => label);
    expect(buttons).toEqual(expect.arrayContaining(['Arrived', 'Started', 'Late cancel']));
    expect(buttons).not.toContain('No-show');
    vi.setSystemTime(NOW);
  });
});

it('has the same reading order as on screen, on a desk and on a phone', async () => {
  await db.write((tx) =>
    insertTestAppointment(tx, {
      id: 'next',
      on: '2026-11-23',
      time: '12:00',
      therapistId: 'mira',
      client: 'Nia Walsh',
    }),
  );
  const html = await draw('on=2026-11-23&view=day&whose=everyone');
  const next = [...html.matchAll(/<section aria-label="Next client" class="([^"]*)"/g)];
  expect(next.map(([, classes]) => /(max-wide|wide):hidden/.exec(classes!)?.[0])).toEqual([
    'max-wide:hidden',
    'wide:hidden',
  ]);
  const [desk, phone, notices] = [next[0]!.index, next[1]!.index, html.indexOf('id="notices"')];
  expect(desk).toBeLessThan(phone);
  expect(phone).toBeLessThan(notices);
  // The day is between the two, and the client's name is found in it.
  expect(html.slice(desk, phone).split('Nia Walsh').length).toBeGreaterThan(2);
  expect(html).not.toMatch(/class="[^"]*\b(?:max-)?(?:wide:)?-?order-\d/);
});

it('shows health alerts to whoever treats the client, in the bar of the next client and on the printed day', async () => {
  await db.write(async (tx) => {
    const nia = { id: 'nia', name: 'Nia Walsh', email: 'nia@example.org', createdAt: NOW };
    const sealedAlerts = encryptAlerts(['Nut oil']);
    await tx
      .insert(clients)
      .values({ ...nia, sealedAlerts, searchText: buildClientSearchText({ ...nia, phone: null }) });
    await insertTestAppointment(tx, {
      id: 'next',
      on: '2026-11-23',
      time: '12:00',
      therapistId: 'mira',
      client: 'nia',
    });
  });
  const query = 'on=2026-11-23&view=day&whose=everyone';
  // The bar on a desk, the bar on a phone, and the printed day.
  for (const userId of ['mira', 'ruth'])
    expect((await draw(query, userId)).split('Nut oil').length - 1, userId).toBe(3);
  for (const userId of ['tom', 'nora']) expect(await draw(query, userId), userId).not.toContain('Nut oil');
});

it('prints no buttons with the day', async () => {
  await plant();
  const html = await draw('on=2026-12-01&view=day&whose=everyone');
  const sheet = html.slice(html.indexOf('<section aria-hidden="true" class="hidden print:block">'));
  expect(sheet).toContain('Nia Walsh');
  expect(sheet.slice(0, sheet.indexOf('</section>'))).not.toContain('<button');
  const forms = [...html.matchAll(/<form[^>]*action="\/api\/auth\/signout"[^>]*>/g)].map(([tag]) => tag);
  expect(forms).toHaveLength(2);
  for (const form of forms) expect(form).toContain('class="print:hidden"');
});

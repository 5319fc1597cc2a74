import { eq } from 'drizzle-orm';
import { prerender } from 'react-dom/static';
import { beforeEach, expect, it, vi } from 'vitest';
import { recordPayment } from '@/db/money/ledger';
import { appointments, questionCounts, series, seriesQuestionPages, therapists } from '@/db/schema';
import { insertTestAppointment, instantAt, type TestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'ruth' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: ReportsPage } = await import('./page');
const { default: ReportListPage } = await import('./list/page');
const { GET } = await import('./list.csv/route');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const database = setUpTestDatabase({ now: NOW, practice: { createdAt: instantAt('2026-01-05', '10:00') } });

type Params = Record<string, string>;
type Page = (props: { searchParams: Promise<Params> }) => Promise<React.ReactNode>;

async function draw(page: Page, params: Params): Promise<string> {
  const { prelude } = await prerender(await page({ searchParams: Promise.resolve(params) }));
  return (await new Response(prelude).text()).replaceAll('<!-- -->', '').replaceAll('&amp;', '&');
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const mainOf = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
const paramsOf = (href: string) => Object.fromEntries(new URLSearchParams(href.split('?')[1]));

async function readCsv(href: string): Promise<(string | number)[][]> {
  const file = await GET(new Request(`http://127.0.0.1${href.replace('/list?', '/list.csv?')}`));
  expect(file.headers.get('content-type')).toContain('text/csv');
  const [, ...rows] = (await file.text()).trimEnd().split('\r\n');
  return rows.map((line) => line.slice(1, -1).split('","'));
}

const addUp = (rows: (string | number)[][], fromEnd = 1) =>
  rows.reduce((total, cells) => total + Number(cells.at(-fromEnd)), 0);

/** The report shows hours to the hundredth. */
const toHours = (minutes: number) => Number((minutes / 60).toFixed(2));

beforeEach(() =>
  database.write(async (tx) => {
    const add = (id: string, on: string, client: string, more: Partial<TestAppointment> = {}) =>
      insertTestAppointment(tx, { id, on, time: '13:00', therapistId: 'mira', client, status: 'completed', ...more });
    await add('before', '2026-10-06', 'dora');
    await add('again', '2026-11-02', 'dora', { time: '13:30' });
    await add('p1', '2026-11-03', 'nia', { seriesId: 'plan', sessions: 2 });
    await add('p2', '2026-11-10', 'nia', { seriesId: 'plan', sessions: 2, position: 2 });
    await add('q1', '2026-11-11', 'eve', { seriesId: 'broken', sessions: 2 });
    await add('q2', '2026-11-18', 'eve', { seriesId: 'broken', sessions: 2, position: 2, status: 'no_show' });
    await add('new', '2026-11-04', 'ben', { serviceId: 'sports', therapistId: 'tom' });
    await add('back', '2026-11-25', 'ben', { status: 'booked' });
    await add('open', '2026-11-19', 'gus', { status: 'booked' });
    await add('late', '2026-11-06', 'cia', { status: 'cancelled' });
    await add('early', '2026-11-07', 'cia', { status: 'cancelled' });
    await tx.update(appointments).set({ isLateCancel: true }).where(eq(appointments.id, 'late'));
    // Two appointments of one client at the same time: both count as a first visit.
    await add('pair1', '2026-11-12', 'finn', { time: '17:00', therapistId: 'mira' });
    await add('pair2', '2026-11-12', 'finn', { time: '17:00', therapistId: 'tom', roomId: 'street' });
    await tx.insert(seriesQuestionPages).values({ seriesId: 'new-series', questionSlug: 'sciatica', createdAt: 0 });
    await tx
      .update(series)
      .set({ createdAt: instantAt('2026-11-01', '10:00') })
      .where(eq(series.id, 'new-series'));
    await tx.insert(questionCounts).values([
      { on: '2026-11-28', slug: 'sciatica', kind: 'read', times: 40 },
      { on: '2026-11-30', slug: 'sciatica', kind: 'read', times: 2 },
      { on: '2026-11-01', slug: 'sciatica', kind: 'followed', times: 4 },
      { on: '2026-11-02', slug: 'low-back-pain', kind: 'read', times: 7 },
    ]);
    await tx
      .update(series)
      .set({ source: 'desk', createdAt: instantAt('2026-11-02', '10:00') })
      .where(eq(series.id, 'plan'));
    await tx.update(therapists).set({ capWeekMinutes: 600 }).where(eq(therapists.id, 'mira'));
  }),
);

beforeEach(async () => {
  const pay = (appointmentId: string, amountCents: number, tipCents: number, at: [string, string]) =>
    recordPayment(OWNER_VIEWER, { appointmentId, way: 'card', amountCents, tipCents }, { now: instantAt(...at) });
  await pay('before', 6800, 0, ['2026-10-06', '14:30']);
  await pay('p1', 6800, 500, ['2026-11-03', '14:30']);
  await pay('new', 3000, 0, ['2026-11-04', '14:30']);
});

it('every figure opens a list of as many rows, or the same sum, as the figure says', async () => {
  const main = mainOf(await draw(ReportsPage, { month: '2026-11' }));
  const links = [...main.matchAll(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs)].map(([, href, inner]) => ({
    href: href!,
    text: textOf(inner!),
  }));
  const lists = links.filter(({ href }) => href.startsWith('/practice/reports/list?'));
  const opened = new Set<string>();
  for (const { href, text } of lists) {
    const { of: list = '' } = paramsOf(href);
    opened.add(list);
    const rows = await readCsv(href);
    expect(rows, href).not.toHaveLength(0);
    const page = mainOf(await draw(ReportListPage, paramsOf(href)));
    expect(page.match(/<tr/g), href).toHaveLength(Math.min(rows.length, 100) + 1);
    const figure = Number(/[\d.,]+/.exec(text)?.[0].replace(/[.,]$/, '').replaceAll(',', ''));
    const where = `${href}: ${text}`;
    if (['payments', 'tips', 'due'].includes(list)) expect(addUp(rows), where).toBeCloseTo(figure);
    else if (list.startsWith('fullest_')) expect(toHours(addUp(rows)), where).toBe(figure);
    else if (['open_hours', 'open_to_come', 'booked_to_come'].includes(list))
      expect(toHours(addUp(rows)), where).toBe(figure);
    else if (list === 'booked_hours' && href.includes('weekday')) {
      const open = addUp(await readCsv(href.replace('booked_hours', 'open_hours')));
      expect(Math.min(100, Math.round((100 * addUp(rows)) / open)), where).toBe(figure);
    } else if (list === 'booked_hours') expect(toHours(addUp(rows)), where).toBe(figure);
    else if (list.startsWith('page_')) expect(addUp(rows), where).toBe(figure);
    else expect(rows.length, where).toBe(figure);
  }
  expect([...opened].sort()).toEqual(
    [
      ...['again', 'booked_hours', 'came_back', 'clients', 'completed', 'dates', 'desk_bookings', 'due', 'ended_plans'],
      ...[
        'cancelled',
        'first_time',
        'fullest_week',
        'in_plan',
        'kept_plans',
        'late_cancel',
        'no_show',
        'once',
        'open_hours',
        'unmarked',
      ],
      ...['booked_to_come', 'open_to_come', 'to_come'],
      ...['page_follows', 'page_reads', 'payments', 'tips'],
    ].sort(),
  );
});

it('every figure is a link, except those calculated from others and those that would tell which client came from a question', async () => {
  const main = mainOf(await draw(ReportsPage, { month: '2026-11' }));
  const words = textOf(
    main.replace(/<th [^>]*scope="col".*?<\/th>|<th [^>]*scope="row".*?<\/th>|<a [^>]*>.*?<\/a>/gs, ' '),
  );
  const rest = [
    'November 2026',
    'Sunday 1 November 2026 to Monday 30 November 2026',
    /\b\d+ %, with set-up and clean-up/,
    'under 25 % 25 to 49 50 to 74 75 to 89 90 and more',
    /Fullest: [^.]*\. Emptiest: [^.]*\./,
    'Booked 1 Kept the first date 1',
    '1 booked online without a question page',
  ].reduce((left: string, known) => {
    expect(left).toMatch(known);
    return left.replace(known, '');
  }, words);
  // A question page's row ends with the number who booked, and the number of those who came.
  expect(rest.match(/[1-9]\d*/g)).toEqual(['1', '1']);
});

it('splits a long list into pages', async () => {
  const query = { month: '2026-11', of: 'open_hours' };
  const rows = (await readCsv(`/practice/reports/list?${new URLSearchParams(query)}`)).length;
  expect(rows).toBeGreaterThan(100);
  const first = await draw(ReportListPage, query);
  expect(first).toContain('Page 1 of 2');
  const [, next = ''] =
    /<a [^>]*href="([^"]+)"[^>]*rel="next"/.exec(first) ?? /rel="next"[^>]*href="([^"]+)"/.exec(first) ?? [];
  const second = await draw(ReportListPage, paramsOf(next));
  expect(second).toContain('Page 2 of 2');
  expect(mainOf(second).match(/<tr/g)).toHaveLength(rows - 100 + 1);
  expect(second).not.toContain('rel="next"');
  expect(await draw(ReportListPage, { ...query, at: '99' })).toContain('Page 2 of 2');
  expect(await draw(ReportListPage, { ...query, at: '-1e9' })).toContain('Page 1 of 2');
});

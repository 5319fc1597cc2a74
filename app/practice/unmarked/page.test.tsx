import { prerender } from 'react-dom/static';
import { beforeEach, expect, it, vi } from 'vitest';
import { appointments } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

let userId = 'nora';
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: UnmarkedPage } = await import('./page');
const { markDidNotCome, markDone } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const database = setUpTestDatabase({ now: NOW });

beforeEach(async () => {
  userId = 'nora';
  await database.write(async (tx) => {
    const date = { on: '2026-11-20', time: '13:00', client: 'Nia' } as const;
    await insertTestAppointment(tx, { ...date, id: 'miras', therapistId: 'mira' });
    await insertTestAppointment(tx, { ...date, id: 'toms', therapistId: 'tom', roomId: 'street', client: 'Ben' });
  });
});

async function draw(params: Record<string, string> = {}): Promise<string> {
  const { prelude } = await prerender(await UnmarkedPage({ searchParams: Promise.resolve(params) }));
  return (await new Response(prelude).text()).replaceAll('<!-- -->', '').replaceAll('&amp;', '&');
}

const press = (action: (form: FormData) => Promise<void>, uid: string, version = '1') => {
  const form = new FormData();
  form.set('uid', uid);
  form.set('version', version);
  return action(form).catch((thrown: { digest?: string }) => thrown.digest ?? Promise.reject(thrown));
};

const statusOf = async (uid: string) =>
  (await database.connection().reader.select().from(appointments)).find(({ id }) => id === uid)?.status;

it('marks each date with one press, and leads to it in the calendar', async () => {
  const before = await draw();
  expect(before).toContain('aria-label="Done: Nia, ');
  expect(before).toContain('aria-label="Did not come: Ben, ');
  expect(await press(markDone, 'miras')).toContain('flash=done&marked=miras');
  expect(await press(markDidNotCome, 'toms')).toContain('flash=no_show&marked=toms');
  expect([await statusOf('miras'), await statusOf('toms')]).toEqual(['completed', 'no_show']);
  const after = await draw({ flash: 'done', marked: 'miras' });
  expect(after).toContain('Every date is marked');
  expect(after).toContain('/practice/calendar?on=2026-11-20&view=day&whose=everyone&open=miras');
});

it('changes nothing that somebody else has changed since', async () => {
  expect(await press(markDone, 'miras', '7')).toContain('flash=gone');
  expect(await press(markDone, 'miras', '')).toContain('flash=gone');
  expect(await statusOf('miras')).toBe('booked');
});

it('shows a therapist their own dates, and marks no others', async () => {
  userId = 'mira';
  const page = await draw();
  expect(page).toContain('Nia');
  expect(page).not.toContain('Ben');
  expect(await press(markDone, 'toms')).toContain('flash=gone');
  expect(await statusOf('toms')).toBe('booked');
});

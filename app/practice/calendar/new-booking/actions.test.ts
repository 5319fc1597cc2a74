import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { buildClientSearchText } from '@/db/input/search-text';
import { appointments, clients, intakes } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { initialNewBookingFormState } from './new-booking-form-state';

const session = vi.hoisted((): { userId: string | null } => ({ userId: 'ruth' }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/cache', async (original) => ({ ...(await original<object>()), refresh: () => undefined }));

const { bookForCaller } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });

beforeEach(() =>
  db.write(async (tx) => {
    const nia = { id: 'nia', name: 'Nia Walsh', email: 'nia@example.org', phone: '', createdAt: NOW };
    await tx.insert(clients).values({ ...nia, searchText: buildClientSearchText(nia) });
    await insertTestAppointment(tx, { id: 'a', on: '2026-12-01', time: '12:00', therapistId: 'mira', client: 'nia' });
  }),
);

const ADDRESS = '/practice/calendar?on=2026-12-01&new=2026-12-01T12:30&with=mira&client=nia&minutes=60';

async function press(fields: Record<string, string>) {
  const form = new FormData();
  form.set('address', ADDRESS);
  form.set('key', 'desk-1');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  try {
    return await bookForCaller(initialNewBookingFormState, form);
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return 'booked';
  }
}

describe('Book at the desk, with a therapist who may not suit the client’s health answers', () => {
  it('asks to check first without saying why, and books on a second press', async () => {
    const address = '/practice/calendar?on=2026-12-03&new=2026-12-03T13:00&with=jun&client=nia&minutes=60&type=swedish';
    const [planted] = await (await reader()).select({ seriesId: appointments.seriesId }).from(appointments);
    const intake = { questionsVersion: '1', way: 'link', startedAt: NOW, savedAt: NOW, finishedAt: NOW } as const;
    // An intake that cannot be decrypted could contain anything, so staff are asked to check first.
    const sealedIntake = 'A'.repeat(48);
    await db.write((tx) =>
      tx.insert(intakes).values({ id: 'i', seriesId: planted!.seriesId, ...intake, sealedIntake }),
    );
    const answer = await press({ address });
    if (answer === 'booked') throw new Error('It was booked.');
    expect(answer.overCaps).toEqual({
      lines: ['Before Jun takes this, ask whoever treats the client, or look at the client’s page.'],
      acknowledged: 'ask@jun',
    });
    expect(await (await reader()).select().from(appointments)).toHaveLength(1);
    expect(await press({ address, meant: answer.overCaps!.acknowledged })).toBe('booked');
  });
});

describe('Book at the desk, where the chosen time is not free', () => {
  it('books nothing until another time is chosen, and says so', async () => {
    expect(await press({ undecided: '1' })).toMatchObject({ problem: { title: 'That time is not free' } });
    expect(await (await reader()).select().from(appointments)).toHaveLength(1);
  });

  it('keeps the other time that was chosen when something else is wrong', async () => {
    const d1 = '2026-12-01T16:00@mira';
    expect(await press({ undecided: '1', d1, address: ADDRESS.replace('client=nia', 'name=Nia') })).toMatchObject({
      problem: { title: 'Who is it for?' },
      picks: { d1 },
    });
  });

  it('books no shorter massage than the one that was shown when the time has just been taken', async () => {
    const address = ADDRESS.replace('T12:30', 'T11:30').replace('minutes=60', 'minutes=60&massage=usual&hours=any');
    expect(await press({ address })).toMatchObject({ problem: { title: 'A time has just gone' } });
    expect(await (await reader()).select().from(appointments)).toHaveLength(1);
  });

  it('books the other time that was chosen', async () => {
    expect(await press({ undecided: '1', d1: '2026-12-01T16:00@mira' })).toBe('booked');
    const starts = (await (await reader()).select().from(appointments)).map(({ startAt }) => startAt);
    expect(starts).toContain(instantAt('2026-12-01', '16:00'));
  });
});

describe('Book at the desk, for two people at one time', () => {
  const address =
    '/practice/calendar?on=2026-12-03&new=2026-12-03T17:30&with=mira&beside=tom&client=nia&minutes=60&type=sports';

  it('asks for the name of the second person, and keeps what was typed', async () => {
    expect(await press({ address })).toMatchObject({ errors: { besideName: 'Enter the name of the second person.' } });
    expect(await press({ address, besideName: 'Nia Walsh' })).toMatchObject({
      errors: { besideName: 'Give each of the two their own name.' },
      values: { besideName: 'Nia Walsh' },
    });
    expect(await (await reader()).select().from(appointments)).toHaveLength(1);
  });

  it('books both people', async () => {
    expect(await press({ address, besideName: 'Ben Walsh' })).toBe('booked');
    const at = (await (await reader()).select().from(appointments)).filter(
      ({ startAt }) => startAt === instantAt('2026-12-03', '17:30'),
    );
    expect(at.map(({ therapistId }) => therapistId).sort()).toEqual(['mira', 'tom']);
    expect(new Set(at.map(({ roomId }) => roomId)).size).toBe(2);
  });
});

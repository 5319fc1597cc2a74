import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader, setConnectionForTests } from '@/db/connection/database-client';
import { appointments, intakes, outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: null }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const actions = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
const FIRST = instantAt('2026-12-01', '18:00');
const HOUR = 3_600_000;

let uids: string[] = [];
beforeEach(async () => {
  vi.setSystemTime(NOW);
  session.userId = 'mira';
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error('The cast could not book.');
  uids = booked.appointments.map(({ uid }) => uid);
});

type Name =
  | 'recordCompletion'
  | 'recordNoShow'
  | 'cancelAppointmentsOfForm'
  | 'moveAppointmentsOfForm'
  | 'sendNewManageLink'
  | 'swapAppointmentsOfForm'
  | 'undoLastChange';

/** The address that the action redirects to. */
async function send(name: Name, fields: Record<string, string>): Promise<URL> {
  const form = new FormData();
  const filled = { uid: uids[0] ?? '', back: `on=2026-12-01&open=${uids[0]}`, scope: 'this', version: '1', ...fields };
  for (const [field, value] of Object.entries(filled)) form.set(field, value);
  try {
    await actions[name](form);
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return new URL(digest.split(';')[2] ?? '', 'http://x');
  }
  throw new Error('It led nowhere.');
}
const flash = async (name: Name, fields: Record<string, string> = {}) =>
  (await send(name, fields)).searchParams.get('flash');

async function look(uid = uids[0] ?? '') {
  const [found] = await (await reader()).select().from(appointments).where(eq(appointments.id, uid));
  return found;
}

const to = (on: string, time: string) => ({ to: String(instantAt(on, time)), with: 'mira' });

describe('a therapist', () => {
  it('notes that one massage took place and that another client did not come', async () => {
    vi.setSystemTime(FIRST + 7 * 24 * HOUR + HOUR);
    expect(await flash('recordCompletion')).toBe('completed');
    expect(await flash('recordNoShow', { uid: uids[1] ?? '' })).toBe('no_show');
    expect([(await look())?.status, (await look(uids[1]))?.status]).toEqual(['completed', 'no_show']);
  });
  it('cancels one date and the dates after it', async () => {
    expect(await flash('cancelAppointmentsOfForm', { uid: uids[1] ?? '', scope: 'following' })).toBe('cancelled');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.status)).toEqual([
      'booked',
      'cancelled',
      'cancelled',
    ]);
  });
  it('moves one date, and is led to its new day', async () => {
    const led = await send('moveAppointmentsOfForm', to('2026-12-03', '17:00'));
    expect(Object.fromEntries(led.searchParams)).toEqual({
      flash: 'moved',
      on: '2026-12-03',
      open: uids[0],
      undo: expect.any(String),
    });
    expect((await look())?.startAt).toBe(instantAt('2026-12-03', '17:00'));
  });
  it('gives one date to a colleague, and then sees no panel for it, because it is no longer hers', async () => {
    const led = await send('moveAppointmentsOfForm', { to: String(FIRST), with: 'jun' });
    expect(Object.fromEntries(led.searchParams)).toEqual({
      flash: 'moved',
      on: '2026-12-01',
      undo: expect.any(String),
    });
    expect((await look())?.therapistId).toBe('jun');
  });
  it('is led back to the free times when the chosen time has been taken', async () => {
    const led = await send('moveAppointmentsOfForm', to('2026-12-08', '18:00'));
    expect(Object.fromEntries(led.searchParams)).toMatchObject({ flash: 'taken', ask: 'move', open: uids[0] });
    expect((await look())?.startAt).toBe(FIRST);
  });
});

describe('an appointment that was moved or cancelled', () => {
  const isAsBefore = async () => expect(await look()).toMatchObject({ startAt: FIRST, minutes: 60, version: 1 });
  it('is put back at once by the person who moved it, and by nobody else', async () => {
    const undo = (await send('moveAppointmentsOfForm', to('2026-12-03', '17:00'))).searchParams.get('undo') ?? '';
    session.userId = 'jun';
    expect(await flash('undoLastChange', { undo })).toBe('not_found');
    session.userId = 'mira';
    const led = await send('undoLastChange', { undo });
    expect(Object.fromEntries(led.searchParams)).toEqual({ flash: 'taken_back', on: '2026-12-01', open: uids[0] });
    await isAsBefore();
    expect(await flash('undoLastChange', { undo })).toBe('conflict');
  });
  it('stays moved when the undo comes too late, or when its old time was booked by somebody else', async () => {
    const undo = (await send('moveAppointmentsOfForm', to('2026-12-03', '17:00'))).searchParams.get('undo') ?? '';
    const other = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST, other), { now: NOW });
    expect(await flash('undoLastChange', { undo })).toBe('given_away');
    vi.setSystemTime(NOW + 20_000);
    expect(await flash('undoLastChange', { undo })).toBe('too_late');
    expect((await look())?.startAt).toBe(instantAt('2026-12-03', '17:00'));
  });
  it('stays cancelled when the undo comes too late or its time was booked since, and the desk is told which', async () => {
    const cancelled = async (uid = uids[0] ?? '') =>
      (await send('cancelAppointmentsOfForm', { uid, version: String((await look(uid))?.version) })).searchParams;
    const undo = (await cancelled()).get('undo') ?? '';
    expect((await look())?.status).toBe('cancelled');
    expect(await flash('undoLastChange', { undo })).toBe('taken_back');
    await isAsBefore();
    const again = (await cancelled()).get('undo') ?? '';
    const other = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST, other), { now: NOW });
    expect(await flash('undoLastChange', { undo: again })).toBe('taken_since');
    const late = (await cancelled(uids[1])).get('undo') ?? '';
    vi.setSystemTime(NOW + 20_000);
    expect(await flash('undoLastChange', { undo: late })).toBe('cancel_too_late');
    expect((await look(uids[1]))?.status).toBe('cancelled');
  });
  it('can be moved with its whole series to a typed time and another length', async () => {
    const fields = { on: '2026-12-03', at: '13:55', with: 'mira', minutes: '90', scope: 'all', seriesVersion: '1' };
    expect(await flash('moveAppointmentsOfForm', fields)).toBe('moved');
    expect((await Promise.all(uids.map(look))).map((row) => [row?.localStart, row?.minutes])).toEqual([
      ['2026-12-03T13:55', 90],
      ['2026-12-10T13:55', 90],
      ['2026-12-17T13:55', 90],
    ]);
  });
  it('needs a second press to move outside of the working hours', async () => {
    const fields = {
      on: '2026-12-03',
      at: '21:00',
      with: 'mira',
      back: `open=${uids[0]}&to=2026-12-03&who=mira&for=60`,
    };
    const led = await send('moveAppointmentsOfForm', fields);
    expect(Object.fromEntries(led.searchParams)).toMatchObject({
      flash: 'unusual',
      ask: 'move',
      warn: 'outside_hours',
      at: '21:00',
      to: '2026-12-03',
    });
    await isAsBefore();
    expect(await flash('moveAppointmentsOfForm', { ...fields, meant: 'yes' })).toBe('moved');
  });
  it('needs a second press to go to a therapist who may not suit the client’s health answers, and no address says why', async () => {
    session.userId = 'nora';
    const intake = { questionsVersion: '1', way: 'link', startedAt: NOW, savedAt: NOW, finishedAt: NOW } as const;
    const { seriesId } = (await look())!;
    // An intake that cannot be decrypted could contain anything, so staff are asked to check first.
    await db.write((tx) => tx.insert(intakes).values({ id: 'i', seriesId, ...intake, sealedIntake: 'A'.repeat(48) }));
    const fields = { on: '2026-12-03', at: '13:00', with: 'jun', back: `open=${uids[0]}&to=2026-12-03&who=jun&for=60` };
    const { searchParams } = await send('moveAppointmentsOfForm', fields);
    expect(Object.fromEntries(searchParams)).toMatchObject({ flash: 'unusual', ask: 'move', warn: 'ask_first' });
    await isAsBefore();
    expect(await flash('moveAppointmentsOfForm', { ...fields, meant: 'yes' })).toBe('moved');
  });
  it('cannot be given a length that the massage does not have', async () => {
    expect(await flash('moveAppointmentsOfForm', { ...to('2026-12-03', '17:00'), minutes: '45' })).toBe('length_stays');
    await isAsBefore();
  });
  it('can change places with another appointment', async () => {
    const other = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '17:00'), other), {
      now: NOW,
    });
    const uid = booked.ok ? booked.appointments[0]!.uid : '';
    expect(await flash('swapAppointmentsOfForm', { other: `${uid}.7` })).toBe('conflict');
    expect(await flash('swapAppointmentsOfForm', { other: 'nobody' })).toBe('not_found');
    expect(await flash('swapAppointmentsOfForm', { other: `${uid}.1` })).toBe('swapped');
    expect([(await look())?.localStart, (await look(uid))?.localStart]).toEqual([
      '2026-12-02T17:00',
      '2026-12-01T18:00',
    ]);
  });
});

describe('a swap to a therapist who may not suit the client’s health answers', () => {
  it('needs a second press, and no address says why', async () => {
    session.userId = 'nora';
    const intake = { questionsVersion: '1', way: 'link', startedAt: NOW, savedAt: NOW, finishedAt: NOW } as const;
    const { seriesId } = (await look())!;
    // An intake that cannot be decrypted could contain anything, so staff are asked to check first.
    await db.write((tx) => tx.insert(intakes).values({ id: 'i', seriesId, ...intake, sealedIntake: 'A'.repeat(48) }));
    const other = { client: { name: 'Nia Walsh', email: 'nia@example.org' }, therapistId: 'jun' };
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '17:00'), other), {
      now: NOW,
    });
    const uid = booked.ok ? booked.appointments[0]!.uid : '';
    const { searchParams } = await send('swapAppointmentsOfForm', { other: `${uid}.1` });
    const expectedParams = { flash: 'swap_unusual', ask: 'swap', swap: `${uid}.1`, first: 'jun', on: '2026-12-01' };
    expect(Object.fromEntries(searchParams)).toEqual({ ...expectedParams, open: uids[0] });
    expect(await look()).toMatchObject({ therapistId: 'mira', version: 1 });
    expect(await flash('swapAppointmentsOfForm', { other: `${uid}.1`, meant: 'another.1' })).toBe('swap_unusual');
    expect(await flash('swapAppointmentsOfForm', { other: `${uid}.1`, meant: `${uid}.1` })).toBe('swapped');
    expect(await look()).toMatchObject({ therapistId: 'jun' });
  });
});

describe('the manage link of one client', () => {
  const mail = async () => {
    const found = await (await reader()).select().from(outbox);
    return found.filter(({ kind }) => kind === 'link_renewed');
  };
  beforeEach(() => vi.setSystemTime(FIRST + 600 * 24 * HOUR));
  it('is renewed and sent by their therapist', async () => {
    expect(await flash('sendNewManageLink')).toBe('link_renewed');
    expect(await mail()).toHaveLength(1);
  });
  it.each([
    ['jun', 'not_found'],
    ['ana@example.org', null],
    [null, null],
  ])('is not renewed by %s', async (userId, answer) => {
    session.userId = userId;
    expect(await flash('sendNewManageLink').catch(() => null)).toBe(answer);
    expect(await mail()).toEqual([]);
  });
});

describe('a page that is out of date', () => {
  it.each<[Name, Record<string, string>]>([
    ['cancelAppointmentsOfForm', {}],
    ['moveAppointmentsOfForm', to('2026-12-03', '15:00')],
  ])('cannot %s an appointment that has been moved since', async (name, fields) => {
    await moveAppointments(OWNER_VIEWER, { uid: uids[0] ?? '', startsAt: FIRST - HOUR, scope: 'this' }, { now: NOW });
    expect(await flash(name, fields)).toBe('conflict');
    expect(await look()).toMatchObject({ status: 'booked', startAt: FIRST - HOUR, version: 2 });
  });
  it('cannot record how an appointment went that has been moved since', async () => {
    await moveAppointments(OWNER_VIEWER, { uid: uids[0] ?? '', startsAt: FIRST - HOUR, scope: 'this' }, { now: NOW });
    vi.setSystemTime(FIRST + HOUR);
    expect([await flash('recordCompletion'), await flash('recordNoShow')]).toEqual(['conflict', 'conflict']);
    expect(await look()).toMatchObject({ status: 'booked', version: 2 });
  });
  it('cannot cancel a whole series when another of its dates has been moved since', async () => {
    await moveAppointments(
      OWNER_VIEWER,
      { uid: uids[2] ?? '', startsAt: FIRST + 14 * 24 * HOUR - HOUR, scope: 'this' },
      { now: NOW },
    );
    expect(await flash('cancelAppointmentsOfForm', { scope: 'all', seriesVersion: '1' })).toBe('conflict');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.status)).toEqual(['booked', 'booked', 'booked']);
  });
  it('changes nothing when its version is no number', async () => {
    expect(await flash('cancelAppointmentsOfForm', { version: 'first' })).toBe('conflict');
    expect((await look())?.status).toBe('booked');
  });
});

it.each<[Name, Record<string, string>]>([
  ['recordCompletion', {}],
  ['recordNoShow', {}],
  ['cancelAppointmentsOfForm', {}],
  ['moveAppointmentsOfForm', to('2026-12-03', '17:00')],
])('%s says in plain words that another process holds the database', async (name, fields) => {
  const busy = async () => {
    throw Object.assign(new Error('held'), { name: 'DatabaseBusy' }); // as another bundle throws it
  };
  setConnectionForTests({ ...db.connection(), transact: busy });
  try {
    const led = await send(name, fields);
    expect(Object.fromEntries(led.searchParams)).toMatchObject({ flash: 'busy', open: uids[0] });
  } finally {
    setConnectionForTests(db.connection());
  }
});

describe('nothing changes', () => {
  const everything: [Name, Record<string, string>][] = [
    ['recordCompletion', {}],
    ['recordNoShow', {}],
    ['cancelAppointmentsOfForm', { scope: 'all' }],
    ['moveAppointmentsOfForm', to('2026-12-03', '17:00')],
    ['swapAppointmentsOfForm', { other: 'another.1' }],
  ];
  it.each(everything)('when a client calls %s', async (name, fields) => {
    session.userId = 'ana';
    vi.setSystemTime(
      ['cancelAppointmentsOfForm', 'moveAppointmentsOfForm', 'swapAppointmentsOfForm'].includes(name)
        ? NOW
        : FIRST + HOUR,
    );
    await expect(send(name, fields)).rejects.toThrow(/404/);
    expect(await look()).toMatchObject({ status: 'booked', startAt: FIRST, version: 1 });
  });
  it.each(everything)('when somebody who is not signed in calls %s', async (name, fields) => {
    session.userId = null;
    expect((await send(name, fields)).pathname).toBe('/sign-in');
    expect(await look()).toMatchObject({ status: 'booked', startAt: FIRST, version: 1 });
  });
  it.each(everything)('when a colleague calls %s', async (name, fields) => {
    session.userId = 'tom';
    vi.setSystemTime(
      ['cancelAppointmentsOfForm', 'moveAppointmentsOfForm', 'swapAppointmentsOfForm'].includes(name)
        ? NOW
        : FIRST + HOUR,
    );
    expect(await flash(name, fields)).toBe('not_found');
    expect(await look()).toMatchObject({ status: 'booked', startAt: FIRST, version: 1 });
  });
  it('when the chosen time is malformed or off the practice’s steps', async () => {
    for (const odd of ['', '1e309', String(instantAt('2026-12-03', '03:07'))]) {
      expect(await flash('moveAppointmentsOfForm', { to: odd, with: 'mira' })).toBe('invalid');
    }
    expect((await look())?.startAt).toBe(FIRST);
  });
});

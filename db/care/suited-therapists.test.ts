import { eq, ne } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { askKey, bookSeries } from '@/db/booking/book-series';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { appointments, therapists } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { testDatabase } from '@/db/testing/test-database';
import {
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  READER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { markAnswersDiscussed } from './care-status';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import { mustAskFirst, suitedAt } from './suited-therapists';

const db = testDatabase({ now: NOW });
const clock = { now: NOW, listSuited: suitedAt(NOW) };
const ANA = { name: 'Ana Costa', email: 'ana@example.org' };

/** Mira is trained for pregnancy, and nobody else. */
beforeEach(async () => {
  await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: false }).where(ne(therapists.id, 'mira')));
  await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'mira')));
});

async function book(client: { name: string; email: string }, ...yes: string[]) {
  const booked = await bookSeries(
    READER_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2), { client }),
    clock,
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const link = { role: 'link', seriesId: booked.seriesId } as const;
  const none = { yes: [], unsure: [], none: true, about: {} };
  const consent = { treated: true, healthKept: true, writtenTo: false };
  const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
  const screens: IntakeScreenValues[] = [
    { screen: 'agree', ...consent, ...adult },
    ...(['now', 'lately'] as const).map((screen) => ({ screen, ...none })),
    { screen: 'health', ...none, yes, none: yes.length === 0 },
    { screen: 'hopes', hopes: 'Rest', touch: false, aboutTouch: '', own: {} },
  ];
  for (const values of screens) expect(await saveIntakeScreen(link, values, clock)).toMatchObject({ ok: true });
  return booked.appointments.map(({ uid }) => uid);
}
const rowOf = async (uid: string) =>
  (await db.connection().reader.select().from(appointments).where(eq(appointments.id, uid)))[0]!;

interface Move {
  on?: string;
  time?: string;
  with?: string;
  isMeant?: boolean;
  scope?: 'this' | 'all';
  viewer?: typeof DESK_VIEWER;
}
async function move(uid: string, { on = '2026-12-02', time = '13:00', scope = 'this', isMeant, ...to }: Move = {}) {
  const viewer = to.viewer ?? DESK_VIEWER;
  const request = { uid, startsAt: instantAt(on, time), therapistId: to.with ?? 'jun', scope, isMeant };
  return moveAsStaff(viewer, request, clock);
}
const ASK = { ok: false, reason: 'unusual', warnings: ['ask_first'] };

describe('a date that staff move to who does not go with what its client told', () => {
  it('is warned of without a reason, and moved when it is meant', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const before = await rowOf(uid!);
    expect(await move(uid!)).toEqual(ASK);
    expect(await move(uid!, { scope: 'all' })).toEqual(ASK);
    expect(await rowOf(uid!)).toEqual(before);
    expect(await move(uid!, { isMeant: true })).toMatchObject({ ok: true });
    expect(await rowOf(uid!)).toMatchObject({ therapistId: 'jun', startAt: instantAt('2026-12-02', '13:00') });
  });

  it('is warned of at once of all that is unusual, and of nothing where it is not possible', async () => {
    const [uid] = await book(ANA, 'pregnant');
    expect(await move(uid!, { time: '23:00' })).toEqual({ ...ASK, warnings: ['outside_hours', 'ask_first'] });
    expect(await move(uid!, { with: 'tom' })).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await moveAsStaff(therapistViewer('tom'), { uid: uid!, startsAt: NOW, scope: 'this' }, clock)).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('is warned of no more once it is with them, or was talked over with their own', async () => {
    const [uid] = await book(ANA, 'pregnant');
    expect(await move(uid!, { with: 'mira' })).toMatchObject({ ok: true });
    expect(await move(uid!, { isMeant: true })).toMatchObject({ ok: true });
    expect(await move(uid!, { time: '14:00' })).toMatchObject({ ok: true });
    const { clientId } = await rowOf(uid!);
    expect(await mustAskFirst(clientId, 'jun', clock)).toBe(true);
    expect(await mustAskFirst(clientId, 'mira', clock)).toBe(false);
    expect(await markAnswersDiscussed(OWNER_VIEWER, { clientId, at: NOW }, clock)).toMatchObject({ ok: true });
    expect(await mustAskFirst(clientId, 'aoife', clock)).toBe(true);
  });

  it('is moved at once where there is no such need', async () => {
    const [uid] = await book(ANA, 'thinner');
    expect(await mustAskFirst((await rowOf(uid!)).clientId, 'jun', clock)).toBe(false);
    expect(await move(uid!)).toMatchObject({ ok: true });
  });
});

describe('a booking at the desk with who does not go with what its client told', () => {
  const atDesk = (client: { id: string } | typeof ANA, therapistId: string, meant: string[] = [], time = '13:00') => {
    const wanted = makeSeriesRequest([instantAt('2026-12-03', time)], { therapistId });
    return bookSeries(DESK_VIEWER, { ...wanted, client }, { ...clock, meant });
  };

  it('is warned of by the id of a client and by their name and address, and made when it is meant', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const { clientId: id } = await rowOf(uid!);
    const asks = { ok: false, reason: 'unusual', dates: [], askFirst: ['jun'] };
    expect(await atDesk({ id }, 'jun')).toEqual(asks);
    expect(await atDesk(ANA, 'jun', [askKey('aoife')])).toEqual(asks);
    expect(await atDesk({ id }, 'jun', [askKey('jun')])).toMatchObject({ ok: true });
    expect(await atDesk({ id }, 'mira')).toMatchObject({ ok: true });
  });

  it('is made at once for who is new, or told of no such need', async () => {
    const [uid] = await book(ANA);
    expect(await atDesk({ id: (await rowOf(uid!)).clientId }, 'jun')).toMatchObject({ ok: true });
    const ben = { name: 'Ben Byrne', email: 'ben@example.org' };
    expect(await atDesk(ben, 'jun', [], '16:00')).toMatchObject({ ok: true });
  });
});

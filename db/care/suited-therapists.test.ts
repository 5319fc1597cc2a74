import { eq, ne } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { addTimeOff } from '@/db/booking/add-time-off';
import { bookSeries } from '@/db/booking/book-series';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { swapAppointments } from '@/db/booking/swap-appointments';
import { buildAskFirstWarningKey } from '@/db/booking/unacknowledged-booking-warnings';
import { appointments, therapists, waitlistOffers } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { makeJoinRequest } from '@/db/testing/test-waitlist';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { offerByHand } from '@/db/waitlist/staff-waitlist-actions';
import { listPossibleOffersForEntry } from '@/db/waitlist/waiting-clients';
import { markAnswersDiscussed } from './client-health-status';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import { makeListSuitedTherapists, mustAskTreatingTherapistFirst } from './suited-therapists';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW, listSuited: makeListSuitedTherapists(NOW) };
const ANA = { name: 'Ana Costa', email: 'ana@example.org' };

/** Only Mira is trained for pregnancy. */
beforeEach(async () => {
  await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: false }).where(ne(therapists.id, 'mira')));
  await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'mira')));
});

async function book(client: { name: string; email: string }, ...yes: string[]) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
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
  isAcknowledged?: boolean;
  scope?: 'this' | 'all';
  viewer?: typeof DESK_VIEWER;
}
async function move(
  uid: string,
  { on = '2026-12-02', time = '13:00', scope = 'this', isAcknowledged, ...to }: Move = {},
) {
  const viewer = to.viewer ?? DESK_VIEWER;
  const request = { uid, startsAt: instantAt(on, time), therapistId: to.with ?? 'jun', scope, isAcknowledged };
  return moveAsStaff(viewer, request, clock);
}
const ASK_FIRST = { ok: false, reason: 'unusual', warnings: ['ask_first'] };

describe('moving a date to a therapist whom the client’s answers rule out', () => {
  it('warns staff without a reason, and goes ahead once they confirm', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const before = await rowOf(uid!);
    expect(await move(uid!)).toEqual(ASK_FIRST);
    expect(await move(uid!, { scope: 'all' })).toEqual(ASK_FIRST);
    expect(await rowOf(uid!)).toEqual(before);
    expect(await move(uid!, { isAcknowledged: true })).toMatchObject({ ok: true });
    expect(await rowOf(uid!)).toMatchObject({ therapistId: 'jun', startAt: instantAt('2026-12-02', '13:00') });
  });

  it('warns at once of everything unusual, and of nothing if the move is impossible', async () => {
    const [uid] = await book(ANA, 'pregnant');
    expect(await move(uid!, { time: '23:00' })).toEqual({ ...ASK_FIRST, warnings: ['outside_hours', 'ask_first'] });
    expect(await move(uid!, { with: 'tom' })).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await moveAsStaff(therapistViewer('tom'), { uid: uid!, startsAt: NOW, scope: 'this' }, clock)).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('no longer warns if the date is with them already, or the client’s own therapist has discussed it', async () => {
    const [uid] = await book(ANA, 'pregnant');
    expect(await move(uid!, { with: 'mira' })).toMatchObject({ ok: true });
    expect(await move(uid!, { isAcknowledged: true })).toMatchObject({ ok: true });
    expect(await move(uid!, { time: '14:00' })).toMatchObject({ ok: true });
    const { clientId } = await rowOf(uid!);
    expect(await mustAskTreatingTherapistFirst(clientId, 'jun', clock)).toBe(true);
    expect(await mustAskTreatingTherapistFirst(clientId, 'mira', clock)).toBe(false);
    expect(await markAnswersDiscussed(OWNER_VIEWER, { clientId, at: NOW }, clock)).toMatchObject({ ok: true });
    expect(await mustAskTreatingTherapistFirst(clientId, 'aoife', clock)).toBe(true);
  });

  it('needs no confirmation without such answers', async () => {
    const [uid] = await book(ANA, 'thinner');
    expect(await mustAskTreatingTherapistFirst((await rowOf(uid!)).clientId, 'jun', clock)).toBe(false);
    expect(await move(uid!)).toMatchObject({ ok: true });
  });
});

describe('booking at the desk with a therapist whom the client’s answers rule out', () => {
  const atDesk = (
    client: { id: string } | typeof ANA,
    therapistId: string,
    acknowledged: string[] = [],
    time = '13:00',
  ) => {
    const request = makeSeriesRequest([instantAt('2026-12-03', time)], { therapistId });
    return bookSeries(DESK_VIEWER, { ...request, client }, { ...clock, acknowledged });
  };

  it('warns for a client’s id and for a name and address, and books once staff confirm', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const { clientId: id } = await rowOf(uid!);
    const refusal = { ok: false, reason: 'unusual', dates: [], askFirst: ['jun'] };
    expect(await atDesk({ id }, 'jun')).toEqual(refusal);
    expect(await atDesk(ANA, 'jun', [buildAskFirstWarningKey('aoife')])).toEqual(refusal);
    expect(await atDesk({ id }, 'jun', [buildAskFirstWarningKey('jun')])).toMatchObject({ ok: true });
    expect(await atDesk({ id }, 'mira')).toMatchObject({ ok: true });
  });

  it('books at once for a new client, or for one without such answers', async () => {
    const [uid] = await book(ANA);
    expect(await atDesk({ id: (await rowOf(uid!)).clientId }, 'jun')).toMatchObject({ ok: true });
    const ben = { name: 'Ben Byrne', email: 'ben@example.org' };
    expect(await atDesk(ben, 'jun', [], '16:00')).toMatchObject({ ok: true });
  });
});

describe('a swap that gives a date to a therapist whom a client’s answers rule out', () => {
  it('warns without a reason, whichever date is named first, and goes ahead once staff confirm', async () => {
    const [uid] = await book(ANA, 'pregnant');
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'of-jun', on: '2026-12-02', time: '13:00', therapistId: 'jun', roomId: 'loft' }),
    );
    const seen = [
      { uid: uid!, version: 1 },
      { uid: 'of-jun', version: 1 },
    ] as const;
    const refusal = { ok: false, reason: 'unusual', askFirst: ['jun'] };
    expect(await swapAppointments(DESK_VIEWER, [seen[0], seen[1]], { ...clock, isAcknowledged: true })).toEqual(
      refusal,
    );
    expect(await swapAppointments(DESK_VIEWER, [seen[1], seen[0]], { ...clock, isAcknowledged: true })).toEqual(
      refusal,
    );
    expect(await rowOf(uid!)).toMatchObject({ therapistId: 'mira', version: 1 });
    expect(await swapAppointments(DESK_VIEWER, [seen[0], seen[1]], { now: NOW, isAcknowledged: true })).toMatchObject({
      ok: true,
    });
    expect(await rowOf(uid!)).toMatchObject({ therapistId: 'jun' });
  });

  it('needs no confirmation between two dates of one therapist, or without such answers', async () => {
    const [uid, secondUid] = await book(ANA, 'pregnant');
    const place = { on: '2026-12-02', roomId: 'loft' };
    await db.write((tx) => insertTestAppointment(tx, { id: 'other', time: '13:00', therapistId: 'mira', ...place }));
    const two = (a: string, b: string) =>
      [
        { uid: a, version: 1 },
        { uid: b, version: 1 },
      ] as const;
    expect(await swapAppointments(DESK_VIEWER, [...two(uid!, 'other')], clock)).toMatchObject({ ok: true });
    await db.write((tx) => insertTestAppointment(tx, { id: 'juns', time: '16:00', therapistId: 'jun', ...place }));
    await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'jun')));
    const row = await rowOf(secondUid!);
    const seen = [
      { uid: secondUid!, version: row.version },
      { uid: 'juns', version: 1 },
    ] as const;
    expect(await swapAppointments(DESK_VIEWER, [...seen], clock)).toMatchObject({ ok: true });
  });
});

describe('time off that gives a date to a therapist whom the client’s answers rule out', () => {
  const away = { start: instantAt('2026-12-01', '17:00'), end: instantAt('2026-12-01', '20:00') };
  const absence = { therapistIds: ['mira'], ...away, kind: 'leave' as const, reason: '' };
  const toJun = (uid: string) => {
    const startsAt = instantAt('2026-12-01', '18:00');
    return [{ uid, version: 1, choice: 'move' as const, startsAt, therapistId: 'jun' }];
  };

  it('warns without a reason, and is saved once staff confirm', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const refusal = [{ uid: uid!, therapistId: 'jun' }];
    const request = { ...absence, decisions: toJun(uid!) };
    expect(await addTimeOff(OWNER_VIEWER, request, clock)).toEqual({ ok: false, reason: 'ask_first', asks: refusal });
    expect(
      await addTimeOff(OWNER_VIEWER, { ...request, acknowledged: [{ uid: uid!, therapistId: 'aoife' }] }, clock),
    ).toEqual({
      ok: false,
      reason: 'ask_first',
      asks: refusal,
    });
    expect(await rowOf(uid!)).toMatchObject({ therapistId: 'mira', version: 1 });
    expect(await addTimeOff(OWNER_VIEWER, { ...request, acknowledged: refusal }, clock)).toMatchObject({
      ok: true,
      moved: [uid],
    });
  });

  it('is saved at once without such answers', async () => {
    const [uid] = await book(ANA);
    expect(await addTimeOff(OWNER_VIEWER, { ...absence, decisions: toJun(uid!) }, clock)).toMatchObject({ ok: true });
  });
});

describe('offering a client on the waiting list a time with a therapist whom their answers rule out', () => {
  it('warns without a reason, and offers once staff confirm', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const { clientId: id } = await rowOf(uid!);
    const joined = await joinWaitlist(
      DESK_VIEWER,
      makeJoinRequest({ therapistId: 'any', atTime: null }),
      { id },
      clock,
    );
    if (!joined.ok) throw new Error(JSON.stringify(joined));
    const { entryId } = joined;
    const possible = await listPossibleOffersForEntry(DESK_VIEWER, entryId, clock);
    const offer = (therapistId: string, input: Parameters<typeof offerByHand>[2]) => {
      const firstStartAt = possible.find((plan) => plan.therapistId === therapistId)!.starts[0]!;
      return offerByHand(DESK_VIEWER, { entryId, therapistId, firstStartAt }, input);
    };
    expect(await offer('jun', clock)).toEqual({ ok: false, reason: 'ask_first' });
    expect(await db.connection().reader.select().from(waitlistOffers)).toEqual([]);
    expect(await offer('jun', { now: NOW })).toMatchObject({ ok: true });
  });

  it('offers at once with a suitable therapist', async () => {
    const [uid] = await book(ANA, 'pregnant');
    const { clientId: id } = await rowOf(uid!);
    const joined = await joinWaitlist(
      DESK_VIEWER,
      makeJoinRequest({ therapistId: 'mira', atTime: null }),
      { id },
      clock,
    );
    if (!joined.ok) throw new Error(JSON.stringify(joined));
    const [offer] = await listPossibleOffersForEntry(DESK_VIEWER, joined.entryId, clock);
    const request = { entryId: joined.entryId, therapistId: 'mira', firstStartAt: offer!.starts[0]! };
    expect(await offerByHand(DESK_VIEWER, request, clock)).toMatchObject({ ok: true });
  });
});

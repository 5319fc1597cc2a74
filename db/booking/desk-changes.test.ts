import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { audit } from '@/db/audit';
import { leaseDueMessages } from '@/db/messages/outbox-delivery';
import { getBill } from '@/db/money/bills';
import { chargeFee, recordPayment } from '@/db/money/ledger';
import {
  appointments,
  auditEvents,
  claims,
  outbox,
  rooms,
  series,
  services,
  skips,
  therapistServices,
  therapists,
} from '@/db/schema';
import { insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
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
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { markLateCancel } from './appointment-outcomes';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { moveAsStaff, type StaffMoveRequest } from './move-as-staff';
import { swapAppointments } from './swap-appointments';
import { DESK_UNDO_OFFERED_MS, findDeskChangeAction, findOfferedUndo, undoDeskChange } from './undo-desk-change';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const MIRA = therapistViewer('mira');
const ANA = { name: 'Ana Costa', email: 'ana@example.org' };
const NIA = { name: 'Nia Walsh', email: 'nia@example.org' };

async function booked(
  count = 1,
  on = '2026-12-01',
  time = '18:00',
  other: Parameters<typeof makeSeriesRequest>[1] = {},
) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants(on, time, count), other), {
    now: NOW - HOUR,
  });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.appointments.map(({ uid }) => uid);
}

/** Every row that a change of an appointment may alter, except the history, which only grows. */
async function rows() {
  const { reader } = db.connection();
  return {
    appointments: await reader.select().from(appointments).orderBy(appointments.id),
    series: await reader.select().from(series).orderBy(series.id),
    skips: await reader.select().from(skips).orderBy(skips.seriesId, skips.position),
    claims: await reader.select().from(claims).orderBy(claims.resource, claims.cell),
    outbox: await reader.select().from(outbox).orderBy(outbox.id),
  };
}

async function row(uid: string) {
  const [found] = await db.connection().reader.select().from(appointments).where(eq(appointments.id, uid));
  return found!;
}

async function move(uid: string, change: Partial<StaffMoveRequest>, viewer: Staff = OWNER_VIEWER) {
  const seen = await row(uid);
  return moveAsStaff(
    viewer,
    { uid, version: seen.version, startsAt: seen.startAt, scope: 'this', ...change },
    { now: NOW },
  );
}

async function outcome(result: Promise<{ ok: boolean }>): Promise<string> {
  const messages: { ok: boolean; undo?: string } = await result;
  expect(messages).toEqual({ ok: true, undo: expect.any(String) });
  return messages.undo!;
}

const messages = async () =>
  (await db.connection().reader.select().from(outbox)).filter(({ kind }) => kind === 'moved');

describe('a move at the desk', () => {
  it('may go to any five-minute cell and to a colleague, at the booked price', async () => {
    const [uid] = await booked();
    await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '16:05'), therapistId: 'jun' }));
    expect(await row(uid!)).toMatchObject({
      startAt: instantAt('2026-12-02', '16:05'),
      therapistId: 'jun',
      minutes: 60,
      priceCents: 6800,
      localStart: '2026-12-02T16:05',
    });
    expect(await audit()).toEqual([]);
  });

  it('may set another length that the massage has: it sets the price of that length and claims the time', async () => {
    const [uid] = await booked();
    const before = await row(uid!);
    await outcome(move(uid!, { minutes: 90 }));
    const after = await row(uid!);
    expect(after).toMatchObject({ startAt: before.startAt, minutes: 90, endAt: before.startAt + 1.5 * HOUR });
    expect(after.priceCents).toBeGreaterThan(before.priceCents);
    expect(after.paddedEndAt - after.endAt).toBe(before.paddedEndAt - before.endAt);
    expect(await audit()).toEqual([]);
  });

  it('sets the length of all that follow, even of one that was moved by hand', async () => {
    const uids = await booked(4);
    await outcome(move(uids[2]!, { startsAt: instantAt('2026-12-16', '14:00') }));
    await outcome(move(uids[1]!, { minutes: 90, scope: 'following' }));
    expect(await Promise.all(uids.map(async (uid) => (await row(uid)).minutes))).toEqual([60, 90, 90, 90]);
    expect((await row(uids[2]!)).startAt).toBe(instantAt('2026-12-16', '14:00'));
    expect(await audit()).toEqual([]);
  });

  it('moves a whole plan and changes its length in one step', async () => {
    const uids = await booked(3);
    await outcome(move(uids[0]!, { startsAt: instantAt('2026-12-02', '14:00'), minutes: 90, scope: 'all' }));
    expect(await Promise.all(uids.map(async (uid) => (await row(uid)).localStart))).toEqual([
      '2026-12-02T14:00',
      '2026-12-09T14:00',
      '2026-12-16T14:00',
    ]);
    expect(await Promise.all(uids.map(async (uid) => (await row(uid)).minutes))).toEqual([90, 90, 90]);
  });

  it('is refused with an explanation for a length that the massage does not have', async () => {
    const [uid] = await booked();
    expect(await move(uid!, { minutes: 45 })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['minutes'], message: 'This massage is not offered in this length.' }],
    });
  });

  it('is refused a new length where the ledger has an entry for it', async () => {
    const [uid] = await booked();
    const paid = { appointmentId: uid!, way: 'cash' as const, amountCents: 6800, tipCents: 0 };
    expect(await recordPayment(OWNER_VIEWER, paid, { now: NOW })).toMatchObject({ ok: true });
    expect(await move(uid!, { minutes: 30 })).toMatchObject({ reason: 'invalid', issues: [{ path: ['minutes'] }] });
    await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '17:00') }));
    expect(await audit()).toEqual([]);
  });

  it('is refused when the appointment has changed since it was seen', async () => {
    const [uid] = await booked();
    await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '17:00') }));
    expect(await move(uid!, { version: 1, startsAt: instantAt('2026-12-03', '17:00') })).toEqual({
      ok: false,
      reason: 'conflict',
    });
  });

  it('warns of a time outside working hours, and goes there once that is acknowledged', async () => {
    const [uid] = await booked();
    const late = { startsAt: instantAt('2026-12-01', '21:30') };
    expect(await move(uid!, late)).toEqual({ ok: false, reason: 'unusual', warnings: ['outside_hours'] });
    expect((await row(uid!)).version).toBe(1);
    await outcome(move(uid!, { ...late, isAcknowledged: true }));
    expect(await audit()).toEqual([]);
  });

  it('warns when it would exceed the therapist’s daily cap', async () => {
    await db.write((tx) => tx.update(therapists).set({ capDayMinutes: 90 }).where(eq(therapists.id, 'mira')));
    const [uid] = await booked();
    await booked(1, '2026-12-02', '14:00', { client: NIA });
    const over = { startsAt: instantAt('2026-12-02', '17:00') };
    expect(await move(uid!, over)).toEqual({ ok: false, reason: 'unusual', warnings: ['over_cap'] });
    await outcome(move(uid!, { ...over, isAcknowledged: true }));
  });

  it('does not warn of a cap when the date stays with its therapist on its day, which it makes no fuller', async () => {
    const [uid] = await booked();
    await booked(1, '2026-12-01', '14:00', { client: NIA });
    await db.write((tx) => tx.update(therapists).set({ capDayMinutes: 90 }).where(eq(therapists.id, 'mira')));
    await outcome(move(uid!, { startsAt: instantAt('2026-12-01', '16:30') }));
    const longer = { startsAt: instantAt('2026-12-01', '16:30'), minutes: 90 };
    expect(await move(uid!, longer)).toEqual({ ok: false, reason: 'unusual', warnings: ['over_cap'] });
    const late = { startsAt: instantAt('2026-12-01', '21:30') };
    expect(await move(uid!, late)).toEqual({ ok: false, reason: 'unusual', warnings: ['outside_hours'] });
  });

  it('does not warn of a cap when dates go to another day of a week that is too full already', async () => {
    const uids = await booked(2);
    await booked(2, '2026-12-02', '14:00', { client: NIA });
    await db.write((tx) => tx.update(therapists).set({ capWeekMinutes: 90 }).where(eq(therapists.id, 'mira')));
    await outcome(move(uids[0]!, { startsAt: instantAt('2026-12-03', '14:00') }));
    await outcome(move(uids[0]!, { startsAt: instantAt('2026-12-03', '17:00'), scope: 'all' }));
    const nextWeek = { startsAt: instantAt('2026-12-10', '14:00') };
    expect(await move(uids[0]!, nextWeek)).toEqual({ ok: false, reason: 'unusual', warnings: ['over_cap'] });
  });

  it('is refused without a warning where another client is booked or the therapist is off', async () => {
    const [uid] = await booked();
    await booked(1, '2026-12-02', '17:00', { client: NIA });
    await db.write((tx) => insertTestTimeOff(tx, 'mira', ['2026-12-03', '00:00'], ['2026-12-04', '00:00']));
    for (const startsAt of [instantAt('2026-12-02', '17:30'), instantAt('2026-12-03', '12:00')]) {
      expect(await move(uid!, { startsAt })).toMatchObject({ ok: false, reason: 'taken' });
      expect(await move(uid!, { startsAt, isAcknowledged: true })).toMatchObject({ ok: false, reason: 'taken' });
    }
  });

  it('may be made by the appointment’s own therapist, and by no other therapist', async () => {
    const [uid] = await booked();
    const to = { startsAt: instantAt('2026-12-02', '17:00') };
    expect(await move(uid!, to, therapistViewer('jun'))).toEqual({ ok: false, reason: 'not_found' });
    await outcome(move(uid!, to, MIRA));
    await outcome(move(uid!, { startsAt: instantAt('2026-12-03', '17:00') }, DESK_VIEWER));
  });
});

describe('undoing a move', () => {
  it('restores every row and removes the e-mails that wait', async () => {
    const uids = await booked(4);
    const before = await rows();
    const id = await outcome(
      move(uids[1]!, { startsAt: instantAt('2026-12-09', '14:00'), therapistId: 'jun', scope: 'all' }),
    );
    expect((await messages()).length).toBeGreaterThan(1);
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 9_000 })).toEqual({ ok: true });
    expect(await rows()).toEqual(before);
    expect(await audit()).toEqual([]);
  });

  it('is possible until its e-mails may be sent, and none is sent before that', async () => {
    const [uid] = await booked();
    await db.write((tx) => tx.update(outbox).set({ sentAt: NOW - HOUR }));
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    expect(await findOfferedUndo(OWNER_VIEWER, id, { now: NOW + 1000 })).toMatchObject({
      action: 'moved',
      leftMs: DESK_UNDO_OFFERED_MS - 1000,
      facts: { to: instantAt('2026-12-02', '14:00'), therapistId: 'mira' },
    });
    expect(await leaseDueMessages('worker', NOW + DESK_UNDO_OFFERED_MS)).toEqual([]);
    expect(await findOfferedUndo(OWNER_VIEWER, id, { now: NOW + DESK_UNDO_OFFERED_MS })).toBeNull();
    expect((await leaseDueMessages('worker', NOW + 15_000)).length).toBeGreaterThan(0);
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 15_000 })).toEqual({ ok: false, reason: 'too_late' });
    expect((await row(uid!)).startAt).toBe(instantAt('2026-12-02', '14:00'));
  });

  it('holds back e-mails that were already waiting, and releases them when it is undone', async () => {
    const [uid] = await booked();
    const before = await rows();
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    expect(await leaseDueMessages('worker', NOW + 1000)).toEqual([]);
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 2000 })).toEqual({ ok: true });
    expect(await rows()).toEqual(before);
    expect((await leaseDueMessages('worker', NOW + 3000)).length).toBeGreaterThan(0);
  });

  it('is refused when an e-mail of the series was being sent, since it may have told of the change', async () => {
    const [uid] = await booked();
    expect((await leaseDueMessages('worker', NOW - 1000)).length).toBeGreaterThan(0);
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 2000 })).toEqual({ ok: false, reason: 'too_late' });
    expect((await row(uid!)).startAt).toBe(instantAt('2026-12-02', '14:00'));
  });

  it('is refused after another change of the appointment, and where its former time is taken', async () => {
    const [uid] = await booked();
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    await booked(1, '2026-12-01', '18:00', { client: NIA });
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'taken' });
    const { version } = await row(uid!);
    const cancelling = { uid: uid!, version, scope: 'this' as const };
    expect(await cancelAppointments(OWNER_VIEWER, cancelling, { now: NOW })).toMatchObject({ ok: true });
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'conflict' });
    expect(await audit()).toEqual([]);
  });

  it('is refused where the room or the therapist was withdrawn meanwhile, but not where it was already outside the offer', async () => {
    const [uid] = await booked();
    const { roomId } = await row(uid!);
    const retire = (isActive: boolean) =>
      db.write((tx) => tx.update(rooms).set({ isActive }).where(eq(rooms.id, roomId)));
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00'), therapistId: 'jun' }));
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')));
    const before = await rows();
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'withdrawn' });
    expect(await rows()).toEqual(before);
    await db.write((tx) => tx.update(therapists).set({ isActive: true }).where(eq(therapists.id, 'mira')));
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: true });

    await retire(false);
    const away = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    expect((await row(uid!)).roomId).not.toBe(roomId);
    expect(await undoDeskChange(OWNER_VIEWER, away, { now: NOW })).toEqual({ ok: true });
    expect((await row(uid!)).roomId).toBe(roomId);
  });

  it('is refused where a second reason was added to one that the date had before', async () => {
    const [uid] = await booked();
    const { serviceId } = await row(uid!);
    await db.write((tx) => tx.update(services).set({ isActive: false }).where(eq(services.id, serviceId)));
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00'), therapistId: 'jun' }));
    const stopMira = and(eq(therapistServices.therapistId, 'mira'), eq(therapistServices.serviceId, serviceId));
    await db.write((tx) => tx.delete(therapistServices).where(stopMira));
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'withdrawn' });
    await db.write((tx) => tx.insert(therapistServices).values({ therapistId: 'mira', serviceId }));
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: true });
  });

  it('is possible only for whoever made the move, and only once', async () => {
    const [uid] = await booked();
    const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    for (const viewer of [MIRA, DESK_VIEWER]) {
      expect(await undoDeskChange(viewer, id, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
      expect(await findOfferedUndo(viewer, id, { now: NOW })).toBeNull();
    }
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: true });
    expect(await findOfferedUndo(OWNER_VIEWER, id, { now: NOW })).toBeNull();
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'conflict' });
    expect(await undoDeskChange(OWNER_VIEWER, 'none', { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
  });

  it('reuses no version number that somebody may have seen in between', async () => {
    const [uid] = await booked();
    const seen = new Set<number>();
    for (let time = 0; time < 12; time++) {
      const id = await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
      seen.add((await row(uid!)).version);
      expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: true });
    }
    expect(seen.size).toBeGreaterThan(6);
    expect((await row(uid!)).version).toBe(1);
  });

  it('stores nothing in the history that the client wrote', async () => {
    const [uid] = await booked(1, '2026-12-01', '18:00', { note: 'My left knee', consent: 'page' });
    await outcome(move(uid!, { startsAt: instantAt('2026-12-02', '14:00') }));
    const history = JSON.stringify(await db.connection().reader.select().from(auditEvents));
    expect(history).toContain('nominalStartAt');
    expect(history).not.toContain('knee');
  });
});

describe('undoing a cancellation', () => {
  const cancel = async (
    uid: string,
    scope: 'this' | 'following' | 'all',
    request: { isForClient?: boolean; reason?: string } = {},
  ) => {
    const result = await cancelAppointments(
      OWNER_VIEWER,
      { uid, scope, version: (await row(uid)).version, ...request },
      { now: NOW, isUndoable: true },
    );
    if (!result.ok || !result.undo) throw new Error(JSON.stringify(result));
    return { id: result.undo, cancelled: result.cancelled };
  };

  it('restores every row of one date, of that date and those that follow, and of all dates', async () => {
    const uids = await booked(4);
    const before = await rows();
    for (const [scope, count] of [
      ['this', 1],
      ['following', 3],
      ['all', 4],
    ] as const) {
      const { id, cancelled } = await cancel(uids[1]!, scope, {
        isForClient: scope === 'all',
        reason: 'We are closed.',
      });
      expect(cancelled).toHaveLength(count);
      expect((await row(uids[1]!)).status).toBe('cancelled');
      expect(await audit()).toEqual([]);
      expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 9_000 })).toEqual({ ok: true });
      expect(await rows()).toEqual(before);
    }
    expect(await audit()).toEqual([]);
  });

  it('is possible until its e-mails may be sent, none is sent before that, and the history has both', async () => {
    const [uid] = await booked();
    await db.write((tx) => tx.update(outbox).set({ sentAt: NOW - HOUR }));
    const { id } = await cancel(uid!, 'this');
    expect(await findOfferedUndo(OWNER_VIEWER, id, { now: NOW })).toMatchObject({ action: 'cancelled' });
    expect(await findOfferedUndo(DESK_VIEWER, id, { now: NOW })).toBeNull();
    expect(await leaseDueMessages('worker', NOW + DESK_UNDO_OFFERED_MS)).toEqual([]);
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW + 1000 })).toEqual({ ok: true });
    expect(await leaseDueMessages('worker', NOW + HOUR)).toEqual([]);
    const actions = (await db.connection().reader.select().from(auditEvents)).map(({ action }) => action);
    expect(actions).toEqual(['booked', 'cancelled', 'took back a change']);
    const again = await cancel(uid!, 'this');
    expect((await leaseDueMessages('worker', NOW + 15_000)).length).toBeGreaterThan(0);
    expect(await undoDeskChange(OWNER_VIEWER, again.id, { now: NOW + 15_000 })).toEqual({
      ok: false,
      reason: 'too_late',
    });
  });

  it('is refused, and changes nothing, where one of its times has been booked', async () => {
    const uids = await booked(3);
    const { id } = await cancel(uids[0]!, 'all');
    await booked(1, '2026-12-08', '18:00', { client: NIA });
    const between = await rows();
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: false, reason: 'taken' });
    expect(await rows()).toEqual(between);
    expect(await findDeskChangeAction(OWNER_VIEWER, id)).toBe('cancelled');
    expect(await findDeskChangeAction(MIRA, id)).toBeNull();
    expect(await audit()).toEqual([]);
  });

  it('reverses the fee charged for a late cancellation, unless that was paid', async () => {
    const [uid] = await booked();
    const late = { now: instantAt('2026-12-01', '15:00') };
    const markLate = async () => {
      const marked = await markLateCancel(OWNER_VIEWER, uid!, late);
      if (!marked.ok || !marked.undo) throw new Error(JSON.stringify(marked));
      return marked.undo;
    };
    const before = await rows();
    const fee = { appointmentId: uid!, amountCents: 3000, reason: 'Cancelled an hour before' };
    const id = await markLate();
    expect((await row(uid!)).isLateCancel).toBe(true);
    expect(await chargeFee(OWNER_VIEWER, fee, late)).toMatchObject({ ok: true });
    expect(await undoDeskChange(OWNER_VIEWER, id, late)).toEqual({ ok: true });
    expect(await rows()).toEqual(before);
    expect(await getBill(OWNER_VIEWER, uid!)).toMatchObject({ feeCents: 0, owedCents: 6800 });

    const again = await markLate();
    expect(await chargeFee(OWNER_VIEWER, fee, late)).toMatchObject({ ok: true });
    const paid = { appointmentId: uid!, way: 'cash' as const, amountCents: 3000, tipCents: 0 };
    expect(await recordPayment(OWNER_VIEWER, paid, late)).toMatchObject({ ok: true });
    expect(await undoDeskChange(OWNER_VIEWER, again, late)).toEqual({ ok: false, reason: 'paid' });
    expect((await row(uid!)).status).toBe('cancelled');
    expect(await audit()).toEqual([]);
  });
});

describe('swapping two appointments', () => {
  async function two() {
    const [a] = await booked(1, '2026-12-01', '14:00', { client: ANA });
    const [b] = await booked(1, '2026-12-02', '17:00', { client: NIA });
    return [a!, b!] as const;
  }
  const swap = async (uids: readonly [string, string], viewer: Staff = OWNER_VIEWER) => {
    const [a, b] = await Promise.all(uids.map(row));
    return swapAppointments(
      viewer,
      [
        { uid: a!.id, version: a!.version },
        { uid: b!.id, version: b!.version },
      ],
      {
        now: NOW,
      },
    );
  };

  it('gives each the other’s place in one step, with one e-mail to each client', async () => {
    const [a, b] = await two();
    const before = await rows();
    const id = await outcome(swap([a, b]));
    expect([(await row(a)).localStart, (await row(b)).localStart]).toEqual(['2026-12-02T17:00', '2026-12-01T14:00']);
    const clients = (await messages()).map(({ toEmail }) => toEmail).filter((to) => to.endsWith('@example.org'));
    expect(clients.sort()).toEqual([ANA.email, NIA.email]);
    expect(await audit()).toEqual([]);
    expect(await undoDeskChange(OWNER_VIEWER, id, { now: NOW })).toEqual({ ok: true });
    expect(await rows()).toEqual(before);
  });

  it('swaps two adjacent appointments of one length', async () => {
    const [a] = await booked(1, '2026-12-01', '12:30', { client: ANA });
    const [b] = await booked(1, '2026-12-01', '13:45', { client: NIA });
    await outcome(swap([a!, b!]));
    expect([(await row(a!)).localStart, (await row(b!)).localStart]).toEqual(['2026-12-01T13:45', '2026-12-01T12:30']);
  });

  it('is refused, with nothing changed, where one is too long for the time of the other', async () => {
    const [a, b] = await two();
    await outcome(move(a, { minutes: 90 }));
    await booked(1, '2026-12-02', '18:15', { client: { name: 'Tom Reid', email: 'tom.reid@example.org' } });
    const before = await rows();
    expect(await swap([a, b])).toEqual({ ok: false, reason: 'taken' });
    expect(await rows()).toEqual(before);
  });

  it('is refused for an appointment that has changed since it was seen, and for a colleague’s', async () => {
    const [a, b] = await two();
    expect(
      await swapAppointments(
        OWNER_VIEWER,
        [
          { uid: a, version: 1 },
          { uid: b, version: 9 },
        ],
        { now: NOW },
      ),
    ).toEqual({ ok: false, reason: 'conflict' });
    expect(await swap([a, b], therapistViewer('jun'))).toEqual({ ok: false, reason: 'not_found' });
    expect(await swap([a, a])).toMatchObject({ reason: 'invalid' });
  });
});

describe('random changes at the desk', () => {
  const TIMES = ['09:00', '10:30', '12:00', '13:35', '15:00', '16:15', '17:00', '18:00', '20:45'];
  const step = fc.record({
    what: fc.constantFrom('move', 'resize', 'swap', 'cancel', 'undo'),
    which: fc.nat(11),
    other: fc.nat(11),
    day: fc.constantFrom('2026-12-01', '2026-12-02', '2026-12-03'),
    time: fc.constantFrom(...TIMES),
    who: fc.constantFrom('mira', 'jun', 'tom', 'aoife'),
    minutes: fc.constantFrom(30, 60, 90),
    scope: fc.constantFrom('this' as const, 'following' as const, 'all' as const),
    isAcknowledged: fc.boolean(),
  });

  it('leave nothing for the audit, and leave the rows unchanged when undone', async () => {
    await booked(3, '2026-12-01', '12:00', { client: ANA });
    await booked(3, '2026-12-02', '17:00', { client: NIA });
    await booked(2, '2026-12-01', '14:00', { client: { name: 'Tom Reid', email: 'tom.reid@example.org' } });
    let changed = 0;
    let undone = 0;
    let cancelsUndone = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const all = await db.connection().reader.select().from(appointments).orderBy(appointments.id);
        const pick = (k: number) => all[k % all.length]!.id;
        let last: { id: string; what: string; before: Awaited<ReturnType<typeof rows>> } | null = null;
        const takeBack = async () => {
          if (!last) return;
          expect(await undoDeskChange(OWNER_VIEWER, last.id, { now: NOW })).toEqual({ ok: true });
          expect(await rows()).toEqual(last.before);
          if (last.what === 'cancel') cancelsUndone++;
          last = null;
          undone++;
        };
        for (const { what, which: index, other, day, time, who, minutes, scope, isAcknowledged } of steps) {
          if (what === 'undo') {
            await takeBack();
            continue;
          }
          // A date that stays cancelled could not be changed by the runs that follow.
          if (last?.what === 'cancel') await takeBack();
          const before = await rows();
          const cancelling = { uid: pick(index), version: (await row(pick(index))).version, scope };
          const result =
            what === 'cancel'
              ? await cancelAppointments(
                  OWNER_VIEWER,
                  { ...cancelling, isForClient: isAcknowledged },
                  { now: NOW, isUndoable: true },
                )
              : what === 'swap'
                ? await swapAppointments(
                    OWNER_VIEWER,
                    [
                      { uid: pick(index), version: (await row(pick(index))).version },
                      { uid: pick(other), version: (await row(pick(other))).version },
                    ],
                    { now: NOW, isAcknowledged },
                  )
                : await move(pick(index), {
                    ...(what === 'resize' ? { minutes } : { startsAt: instantAt(day, time), therapistId: who }),
                    scope,
                    isAcknowledged,
                  });
          if (!result.ok) expect(await rows()).toEqual(before);
          else if (result.undo) {
            changed++;
            last = { id: result.undo, what, before };
          }
          expect(await audit()).toEqual([]);
        }
        // Every other run keeps its result, so that the next one begins from another state.
        if (steps.length % 2 === 0 || last?.what === 'cancel') await takeBack();
        expect(await audit()).toEqual([]);
      }),
      { numRuns: getPropertyTestRuns(12) },
    );
    expect(changed).toBeGreaterThan(10);
    expect(undone).toBeGreaterThan(1);
    expect(cancelsUndone).toBeGreaterThan(1);
  }, 120_000);
});

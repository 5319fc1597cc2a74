import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { getBill } from '@/db/money/bills';
import { recordPayment } from '@/db/money/ledger';
import { appointments, claims, outbox, series, skips, therapists, timeOff } from '@/db/schema';
import { filterMailToTestClients, sendDueMail } from '@/db/testing/send-due-mail';
import { deleteAllRows, insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { addTimeOff } from './add-time-off';
import type { DateDecision } from './apply-date-decisions';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { listMovesOverCaps } from './check-caps-of-decisions';
import { listDatesInTimeOff } from './dates-in-time-off';
import { moveAppointments } from './move-appointments';
import { formatMoveOverCapsKey } from './over-caps-key';
import type { DateWithReplacementTimes } from './propose-replacement-times';
import type { TimeOffRequest } from './time-off-span';
import { undoBulkChange } from './undo-bulk-change';
import { listUndoableBulkChanges } from './undoable-bulk-changes';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const clock = { now: NOW };

/** Mira cannot come on Tuesday 8 December. */
const ILL: TimeOffRequest = {
  therapistIds: ['mira'],
  start: instantAt('2026-12-08', '00:00'),
  end: instantAt('2026-12-09', '00:00'),
  kind: 'leave',
};
const REASON = 'Mira cannot work on Tuesday. We are sorry.';

async function book(name: string, on: string, time: string, more: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const client = { name, email: `${name.toLowerCase().replace(' ', '.')}@example.org`, phone: '01 555 0177' };
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, time), { client, ...more }), clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked.appointments[0]!.uid;
}

const plan = (request = ILL, now = NOW) => listDatesInTimeOff(OWNER_VIEWER, request, { now });

/** Decides each date as the page proposes it: to its first place, unless `others` says keep or cancel. */
function proposed(dates: DateWithReplacementTimes[], others: Record<string, 'keep' | 'cancel'> = {}): DateDecision[] {
  return dates.map(({ uid, version, places: [place] }): DateDecision => {
    const choice = others[uid] ?? (place ? 'move' : 'cancel');
    return choice === 'move'
      ? { uid, version, choice, startsAt: place!.startsAt, therapistId: place!.therapistId }
      : { uid, version, choice };
  });
}

const take = (decisions: DateDecision[], request = ILL, now = NOW) =>
  addTimeOff(OWNER_VIEWER, { ...request, decisions, reason: REASON }, { now });
const rowOf = async (uid: string) =>
  (await (await reader()).select().from(appointments).where(eq(appointments.id, uid)))[0]!;

type Everything = Awaited<ReturnType<typeof everything>>;

/** Every table that an absence changes, without the counters that only rise. */
async function everything() {
  const read = await reader();
  return {
    appointments: (await read.select().from(appointments).orderBy(appointments.id)).map(
      ({ version: _, sequence: __, ...row }) => row,
    ),
    series: (await read.select().from(series).orderBy(series.id)).map(({ version: _, ...row }) => row),
    skips: await read.select().from(skips).orderBy(skips.seriesId, skips.position),
    timeOff: await read.select().from(timeOff).orderBy(timeOff.id),
    claims: await read.select().from(claims).orderBy(claims.resource, claims.cell),
    outbox: await read.select().from(outbox).orderBy(outbox.id),
  };
}

describe('booked dates in an absence', () => {
  it('are listed by client name and phone number, with a colleague at the same hour first', async () => {
    const uid = await book('Mary Quill', '2026-12-08', '18:00');
    await book('Sam Adeyemi', '2026-12-09', '18:00');
    const [date, ...others] = await plan();
    expect(others).toEqual([]);
    expect(date).toMatchObject({
      uid,
      clientName: 'Mary Quill',
      hasEmail: true,
      phoneLink: 'tel:+35315550177',
      service: 'Swedish',
      therapist: 'Mira Kovač',
    });
    expect(date!.places[0]).toEqual({
      startsAt: instantAt('2026-12-08', '18:00'),
      therapistId: 'jun',
      therapist: 'Jun Sato',
    });
    expect(date!.places[1]).toMatchObject({ startsAt: instantAt('2026-12-07', '18:00'), therapistId: 'mira' });
  });

  it('are offered the nearest other time where no colleague is free, and no place twice', async () => {
    for (const [at, name] of ['Ana One', 'Bea Two', 'Cleo Three'].entries())
      await book(name, '2026-12-08', ['12:00', '13:15', '18:00'][at]!);
    await book('Jo Busy', '2026-12-08', '18:00', { therapistId: 'jun' });
    const dates = await plan();
    expect(dates.map(({ clientName }) => clientName)).toEqual(['Ana One', 'Bea Two', 'Cleo Three']);
    const first = dates.map(({ places }) => places[0]!);
    expect(first[2]!.startsAt).not.toBe(instantAt('2026-12-08', '18:00'));
    expect(new Set(first.map((place) => `${place.startsAt} ${place.therapistId}`)).size).toBe(3);
    expect(await take(proposed(dates))).toMatchObject({ ok: true, moved: expect.any(Array), cancelled: [] });
  });

  it('are never offered a time in the absence, nor one at which the client is already booked', async () => {
    const uid = await book('Mary Quill', '2026-12-08', '18:00');
    await book('Mary Quill', '2026-12-08', '18:00', { therapistId: 'jun' });
    const [date] = await plan({ ...ILL, end: null });
    expect(date!.uid).toBe(uid);
    expect(date!.places.filter((place) => place.therapistId === 'mira' && place.startsAt >= ILL.start)).toEqual([]);
    expect(date!.places.some(({ startsAt }) => startsAt === instantAt('2026-12-08', '18:00'))).toBe(false);
  });

  it('are proposed in the order of their plan, each on a day of its own', async () => {
    const starts = [8, 15, 22].map((day) => instantAt(`2026-12-${String(day).padStart(2, '0')}`, '18:00'));
    const client = { name: 'Edith Kerr', email: 'edith@example.org' };
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, { client }), clock);
    // Of her colleagues' days only Monday 21 December is left.
    for (const [from, until] of [
      ['2026-12-01', '2026-12-21'],
      ['2026-12-22', '2027-01-20'],
    ] as const)
      for (const id of ['jun', 'tom', 'aoife'])
        await db.write((tx) => insertTestTimeOff(tx, id, [from, '00:00'], [until, '00:00']));
    const dates = await plan({ ...ILL, end: null });
    expect(dates).toHaveLength(3);
    const days = dates.map(({ places: [place] }) => place && new Date(place.startsAt).toISOString().slice(0, 10));
    expect(days.filter((day) => day === '2026-12-21')).toHaveLength(1);
    expect(await take(proposed(dates), { ...ILL, end: null })).toMatchObject({ ok: true });
  });

  describe('where therapists have caps', () => {
    const limit = (dayMinutes: number | null, ids?: string[]) =>
      db.write((tx) =>
        tx
          .update(therapists)
          .set({ capDayMinutes: dayMinutes })
          .where(ids && inArray(therapists.id, ids)),
      );

    it('go first to whoever stays within theirs, and name the limit of whoever does not', async () => {
      await book('Mary Quill', '2026-12-08', '18:00');
      await book('Jo Busy', '2026-12-08', '12:00', { therapistId: 'jun' });
      const colleagues = async () => (await plan())[0]!.places.filter(({ therapistId }) => therapistId !== 'mira');
      const at = { startsAt: instantAt('2026-12-08', '18:00'), therapistId: 'jun', therapist: 'Jun Sato' };
      expect((await colleagues())[0]).toEqual(at);
      await limit(120, ['jun']);
      expect((await colleagues())[0]).toEqual(at);
      await limit(60, ['jun']);
      const [date] = await plan();
      const beyond = { ...at, exceeds: [{ cap: 'dayMinutes', minutes: 60 }] };
      expect(date!.places.at(-1)).toEqual(beyond);
      expect(date!.places.slice(0, -1).every(({ exceeds }) => exceeds === undefined)).toBe(true);
      await limit(30);
      expect((await plan())[0]!.places[0]).toEqual({ ...beyond, exceeds: [{ cap: 'dayMinutes', minutes: 30 }] });
    });

    it('are not taken beyond theirs by what else is chosen, before the limit was named', async () => {
      for (const [at, name] of ['Ana One', 'Bea Two'].entries())
        await book(name, '2026-12-08', ['12:00', '18:00'][at]!);
      await limit(60, ['jun']);
      const [ana, bea] = await plan();
      const toJun = ({ uid, version, startsAt }: DateWithReplacementTimes): DateDecision => {
        return { uid, version, choice: 'move', startsAt, therapistId: 'jun' };
      };
      const decisions = [toJun(ana!), toJun(bea!)];
      const takeSeeing = (seenOverCaps: string[]) =>
        addTimeOff(OWNER_VIEWER, { ...ILL, decisions, reason: REASON, seenOverCaps }, clock);
      const before = await everything();
      expect(await takeSeeing([])).toEqual({ ok: false, reason: 'over_caps' });
      expect(await everything()).toEqual(before);
      const over = await listMovesOverCaps([ana!, bea!], decisions);
      expect(over).toEqual([
        { uid: bea!.uid, startsAt: bea!.startsAt, therapistId: 'jun', exceeds: [{ cap: 'dayMinutes', minutes: 60 }] },
      ]);
      const [one, other] = decisions;
      const cancelled: DateDecision[] = [{ uid: ana!.uid, version: ana!.version, choice: 'cancel' }, other!];
      expect(await listMovesOverCaps([ana!, bea!], cancelled)).toEqual([]);
      expect(await listMovesOverCaps([ana!, bea!], [one!])).toEqual([]);
      expect(await takeSeeing(over.map(formatMoveOverCapsKey))).toMatchObject({
        ok: true,
        moved: [ana!.uid, bea!.uid],
      });
    });

    it('take nobody beyond theirs together, but for those that say so', async () => {
      for (const [at, name] of ['Ana One', 'Bea Two', 'Cleo Three'].entries())
        await book(name, '2026-12-08', ['12:00', '13:15', '18:00'][at]!);
      await limit(60);
      const dates = await plan();
      const given = dates.map(({ places: [first] }) => first!);
      expect(given.map(({ exceeds }) => exceeds)).toEqual([undefined, undefined, undefined]);
      expect(await take(proposed(dates))).toMatchObject({ ok: true, cancelled: [] });
      const minutes = new Map<string, number>();
      for (const row of await (await reader()).select().from(appointments)) {
        const day = `${row.therapistId} ${row.localStart.slice(0, 10)}`;
        minutes.set(day, (minutes.get(day) ?? 0) + row.minutes);
      }
      expect(Math.max(...minutes.values())).toBe(60);
    });
  });

  it('do not include a massage that has begun or is over', async () => {
    const now = instantAt('2026-12-08', '18:30');
    await db.write(async (tx) => {
      await insertTestAppointment(tx, {
        id: 'over',
        on: '2026-12-08',
        time: '16:00',
        therapistId: 'mira',
        status: 'completed',
      });
      await insertTestAppointment(tx, { id: 'now', on: '2026-12-08', time: '18:00', therapistId: 'mira' });
      await insertTestAppointment(tx, {
        id: 'next',
        on: '2026-12-08',
        time: '19:15',
        therapistId: 'mira',
        minutes: 45,
      });
      await tx.update(appointments).set({ begunAt: now }).where(eq(appointments.id, 'now'));
    });
    const dates = await plan(ILL, now);
    expect(dates.map(({ uid }) => uid)).toEqual(['next']);
    expect(await take(proposed(dates), ILL, now)).toMatchObject({ ok: true });
    expect((await rowOf('now')).startAt).toBe(instantAt('2026-12-08', '18:00'));
  });
});

describe('recording an absence', () => {
  it('moves, cancels and keeps dates as decided, and blocks the time around those that stay', async () => {
    const moved = await book('Mary Quill', '2026-12-08', '18:00');
    const cancelled = await book('Sam Adeyemi', '2026-12-08', '14:00');
    const stored = await book('Lena Vogt', '2026-12-08', '12:00');
    const result = await take(proposed(await plan(), { [cancelled]: 'cancel', [stored]: 'keep' }));
    expect(result).toMatchObject({ ok: true, moved: [moved], cancelled: [cancelled], kept: [stored] });
    expect(await rowOf(moved)).toMatchObject({
      therapistId: 'jun',
      startAt: instantAt('2026-12-08', '18:00'),
      priceCents: 6800,
    });
    expect(await rowOf(cancelled)).toMatchObject({ status: 'cancelled', cancelledBy: 'practice' });
    expect(await rowOf(stored)).toMatchObject({ status: 'booked', therapistId: 'mira', version: 1 });
    const off = await (await reader()).select().from(timeOff).orderBy(timeOff.startAt);
    expect(off.map(({ startAt, endAt }) => [startAt, endAt])).toEqual([
      [ILL.start, instantAt('2026-12-08', '12:00')],
      [instantAt('2026-12-08', '13:15'), ILL.end],
    ]);
  });

  it('sends each client one e-mail with the reason and the outcome, once it can no longer be undone', async () => {
    const moved = await book('Mary Quill', '2026-12-08', '18:00');
    await book('Sam Adeyemi', '2026-12-08', '14:00');
    await sendDueMail(NOW);
    const dates = await plan();
    await take(proposed(dates, { [dates.find(({ uid }) => uid !== moved)!.uid]: 'cancel' }));
    expect(await sendDueMail(NOW + 9 * MINUTE)).toEqual([]);
    const sent = filterMailToTestClients(await sendDueMail(NOW + 10 * MINUTE));
    expect(sent.map(({ to }) => to).sort()).toEqual(['mary.quill@example.org', 'sam.adeyemi@example.org']);
    const [mary] = sent.filter(({ to }) => to.startsWith('mary'));
    expect(mary!.subject).toBe('Jun Sato instead of Mira Kovač: Tuesday 8 December at 18:00');
    expect(mary!.text).toContain(REASON);
    expect(mary!.text).toContain('18:00 to 19:00: Swedish with Jun Sato (it was with Mira Kovač)');
    expect(sent.find(({ to }) => to.startsWith('sam'))!.text).toContain('has to cancel');
  });

  it('holds back other waiting e-mails about the same dates, which would reveal the change', async () => {
    await book('Mary Quill', '2026-12-08', '18:00');
    await take(proposed(await plan()));
    expect(await sendDueMail(NOW + MINUTE)).toEqual([]);
    const sent = filterMailToTestClients(await sendDueMail(NOW + 10 * MINUTE));
    expect(sent.map(({ subject }) => subject)).toEqual(['Booked: Tuesday 8 December at 18:00 with Jun Sato']);
  });

  it('lists dates that changed since they were shown, and writes nothing', async () => {
    const uid = await book('Mary Quill', '2026-12-08', '18:00');
    const decisions = proposed(await plan());
    const more = await book('Sam Adeyemi', '2026-12-08', '14:00');
    const before = await everything();
    expect(await take(decisions)).toEqual({
      ok: false,
      reason: 'booked',
      dates: [
        { uid: more, version: 1 },
        { uid, version: 1 },
      ],
    });
    expect(await everything()).toEqual(before);
  });

  it('names the date whose new time has been taken meanwhile, and writes nothing', async () => {
    const uid = await book('Mary Quill', '2026-12-08', '18:00');
    await book('Sam Adeyemi', '2026-12-08', '14:00');
    const decisions = proposed(await plan());
    await book('Jo Busy', '2026-12-08', '18:00', { therapistId: 'jun' });
    const before = await everything();
    expect(await take(decisions)).toEqual({ ok: false, reason: 'move_taken', uid });
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['where it is already', instantAt('2026-12-08', '18:00'), 'mira'],
    ['into the absence', instantAt('2026-12-08', '12:00'), 'mira'],
    ['to no time', Number.NaN, 'jun'],
    ['to nobody', instantAt('2026-12-08', '18:00'), 'nobody'],
  ])('refuses to move a date %s', async (_, startsAt, therapistId) => {
    const uid = await book('Mary Quill', '2026-12-08', '18:00');
    const before = await everything();
    expect(await take([{ uid, version: 1, choice: 'move', startsAt, therapistId }])).toMatchObject({
      ok: false,
      reason: 'move_taken',
    });
    expect(await everything()).toEqual(before);
  });

  it('refuses a reason that is too long', async () => {
    const refused = await addTimeOff(OWNER_VIEWER, { ...ILL, reason: 'x'.repeat(201) }, clock);
    expect(refused).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['reason'] }] });
  });

  it('lists every later date of a therapist who leaves for good, and closes their calendar', async () => {
    await book('Mary Quill', '2026-12-08', '18:00');
    await book('Sam Adeyemi', '2026-12-22', '18:00');
    const forGood = { ...ILL, end: null };
    const dates = await plan(forGood);
    expect(dates.map(({ clientName }) => clientName)).toEqual(['Mary Quill', 'Sam Adeyemi']);
    expect(await take(proposed(dates), forGood)).toMatchObject({ ok: true, kept: [] });
    const remaining = await (await reader()).select().from(appointments).where(eq(appointments.therapistId, 'mira'));
    expect(remaining.filter(({ status }) => status === 'booked')).toEqual([]);
    expect(
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-15', '18:00')), clock),
    ).toMatchObject({
      reason: 'taken',
    });
  });
});

describe('undoing an absence', () => {
  async function absence() {
    const moved = await book('Mary Quill', '2026-12-08', '18:00');
    const cancelled = await book('Sam Adeyemi', '2026-12-08', '14:00');
    await sendDueMail(NOW);
    const before = await everything();
    const result = await take(proposed(await plan(), { [cancelled]: 'cancel' }));
    if (!result.ok) throw new Error(JSON.stringify(result));
    return { moved, cancelled, stood: before, undoId: result.undoId! };
  }

  it('restores every row, claim and time off, and removes the e-mails', async () => {
    const { stood: before, undoId, moved } = await absence();
    expect(await undoBulkChange(OWNER_VIEWER, undoId, { now: NOW + 9 * MINUTE })).toEqual({ ok: true });
    expect(await everything()).toEqual(before);
    expect((await rowOf(moved)).version).toBe(3);
    expect(await sendDueMail(NOW + 60 * MINUTE)).toEqual([]);
    expect(await undoBulkChange(OWNER_VIEWER, undoId, { now: NOW + 9 * MINUTE })).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('has the bill of a date that it cancelled as it was', async () => {
    const appointmentId = await book('Sam Adeyemi', '2026-12-08', '14:00');
    await recordPayment(OWNER_VIEWER, { appointmentId, way: 'card', amountCents: 5000, tipCents: 0 }, clock);
    const result = await take(proposed(await plan(), { [appointmentId]: 'cancel' }));
    if (!result.ok) throw new Error(JSON.stringify(result));
    expect(await getBill(OWNER_VIEWER, appointmentId)).toMatchObject({ owedCents: 0, toRefundCents: 5000 });
    expect(await undoBulkChange(OWNER_VIEWER, result.undoId!, { now: NOW + 9 * MINUTE })).toEqual({ ok: true });
    expect(await getBill(OWNER_VIEWER, appointmentId)).toMatchObject({ owedCents: 1800, toRefundCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('is offered for ten minutes to whoever recorded it and to staff who manage every calendar', async () => {
    const { undoId } = await absence();
    const offered = async (viewer: Staff, now = NOW) =>
      (await listUndoableBulkChanges(viewer, ['therapist:mira'], { now })).map(({ id }) => id);
    expect(await offered(DESK_VIEWER)).toEqual([undoId]);
    expect(await offered(therapistViewer('mira'))).toEqual([]);
    expect(await offered(OWNER_VIEWER, NOW + 10 * MINUTE)).toEqual([]);
    expect(await undoBulkChange(therapistViewer('mira'), undoId, clock)).toEqual({ ok: false, reason: 'not_found' });
    const late = { now: NOW + 10 * MINUTE };
    expect(await undoBulkChange(OWNER_VIEWER, undoId, late)).toEqual({ ok: false, reason: 'notified' });
  });

  it('is refused once the therapist has left the team, whom the list names', async () => {
    const { undoId } = await absence();
    const listed = async () =>
      (await listUndoableBulkChanges(OWNER_VIEWER, ['therapist:mira'], { now: NOW })).map(
        ({ id, leftTherapistIds }) => ({ id, leftTherapistIds }),
      );
    expect(await listed()).toEqual([{ id: undoId, leftTherapistIds: [] }]);
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')));
    expect(await listed()).toEqual([{ id: undoId, leftTherapistIds: ['mira'] }]);
    expect(await undoBulkChange(OWNER_VIEWER, undoId, clock)).toEqual({ ok: false, reason: 'withdrawn' });
  });

  it('does nothing once one of the dates has been changed again', async () => {
    const { undoId, moved } = await absence();
    await moveAppointments(
      OWNER_VIEWER,
      { uid: moved, startsAt: instantAt('2026-12-10', '18:00'), scope: 'this' },
      clock,
    );
    const before = await everything();
    expect(await undoBulkChange(OWNER_VIEWER, undoId, clock)).toEqual({ ok: false, reason: 'changed' });
    expect(await everything()).toEqual(before);
  });

  it('does nothing where somebody has since booked the room', async () => {
    const { undoId, cancelled } = await absence();
    const { roomId } = await rowOf(cancelled);
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'new', on: '2026-12-08', time: '14:00', therapistId: 'aoife', roomId }),
    );
    const before = await everything();
    expect(await undoBulkChange(OWNER_VIEWER, undoId, clock)).toEqual({ ok: false, reason: 'taken' });
    expect(await everything()).toEqual(before);
  });

  it('does nothing for an unknown id', async () => {
    expect(await undoBulkChange(OWNER_VIEWER, 'of\u0000f', clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await undoBulkChange(OWNER_VIEWER, 'made-up', clock)).toEqual({ ok: false, reason: 'not_found' });
  });
});

/** With its first proposal for each date, a plan has the order it had, and its dates are on days of their own. */
function expectPlansInOrder(listed: DateWithReplacementTimes[], { appointments: rows }: Everything): void {
  const dayOf = (instant: number) => toWallTime('Europe/Dublin', instant).on;
  const upcoming = rows.filter(({ status, startAt }) => status === 'booked' && startAt > NOW);
  for (const id of new Set(upcoming.map(({ seriesId }) => seriesId))) {
    const dates = upcoming.filter(({ seriesId }) => seriesId === id).sort((a, b) => a.startAt - b.startAt);
    const days = dates.map((row) =>
      dayOf(listed.find(({ uid }) => uid === row.id)?.places[0]?.startsAt ?? row.startAt),
    );
    expect(days).toEqual([...new Set(days)].sort());
  }
}

it('lists every stranded date in random absences, and restores everything on undo', async () => {
  const date = fc.record({
    day: fc.integer({ min: 1, max: 12 }),
    time: fc.constantFrom('12:00', '13:15', '14:15', '16:00', '17:15', '18:30'),
    therapistId: fc.constantFrom('mira', 'mira', 'jun', 'tom', 'aoife'),
    serviceId: fc.constantFrom('swedish', 'sports', 'deep-tissue'),
    weeks: fc.integer({ min: 1, max: 3 }),
  });
  const scene = fc.record({
    dates: fc.array(date, { minLength: 3, maxLength: 12 }),
    who: fc.constantFrom<string[]>(['mira'], ['jun'], ['mira', 'jun', 'tom', 'aoife']),
    from: fc.integer({ min: 1, max: 10 }),
    days: fc.constantFrom(1, 2, 7),
    isForGood: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    choices: fc.array(fc.constantFrom<number | 'keep' | 'cancel'>(0, 0, 1, 2, 'keep', 'cancel'), {
      minLength: 40,
      maxLength: 40,
    }),
    meanwhile: fc.constantFrom('nothing', 'nothing', 'cancel', 'send'),
  });
  await fc.assert(
    fc.asyncProperty(scene, async ({ dates, who, from, days, isForGood, choices, meanwhile }) => {
      await db.write(async (tx) => {
        await deleteAllRows(tx);
        await insertDemoPractice(tx, NOW);
      });
      for (const [n, { day, time, therapistId, serviceId, weeks }] of dates.entries()) {
        const starts = Array.from({ length: weeks }, (_, k) => {
          return instantAt(`2026-12-${String(day + 7 * k).padStart(2, '0')}`, time);
        });
        const client = { name: `Client ${n % 5}`, email: `client${n % 5}@example.org` };
        await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, { therapistId, serviceId, client }), clock);
      }
      await sendDueMail(NOW);
      const start = instantAt(`2026-12-${String(from).padStart(2, '0')}`, '00:00');
      const end = isForGood && who.length === 1 ? null : start + days * 24 * 60 * MINUTE;
      const request: TimeOffRequest = { therapistIds: who, start, end, kind: 'leave' };
      const listed = await plan(request);
      expectPlansInOrder(listed, await everything());
      const before = await everything();
      const stranded = before.appointments.filter(
        (row) =>
          row.status === 'booked' &&
          who.includes(row.therapistId) &&
          row.paddedEndAt > start &&
          (end === null || row.paddedStartAt < end),
      );
      expect(listed.map(({ uid }) => uid).sort()).toEqual(stranded.map(({ id }) => id).sort());
      const decisions = listed.map(({ uid, version, places }, at): DateDecision => {
        const choice = choices[at % choices.length]!;
        const place = typeof choice === 'number' ? places[choice] : undefined;
        if (place) return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
        return { uid, version, choice: choice === 'keep' ? 'keep' : 'cancel' };
      });
      const result = await take(decisions, request);
      expect(await audit()).toEqual([]);
      if (!result.ok) {
        // The second place of one date may be the first of another; then the whole change is refused.
        expect(['move_taken', 'invalid']).toContain(result.reason);
        expect(await everything()).toEqual(before);
        return;
      }
      const stored = new Set(result.kept);
      const stillAway = (await everything()).appointments.filter(
        ({ id, status, therapistId, startAt }) =>
          status === 'booked' &&
          who.includes(therapistId) &&
          startAt >= start &&
          (end === null || startAt < end) &&
          !stored.has(id),
      );
      expect(stillAway).toEqual([]);
      if (result.undoId === null) return;
      if (meanwhile === 'cancel' && result.moved[0])
        await cancelAppointments(OWNER_VIEWER, { uid: result.moved[0], scope: 'this' }, clock);
      if (meanwhile === 'send') expect(await sendDueMail(NOW + 5 * MINUTE)).toEqual([]);
      const stateBefore = await everything();
      const undone = await undoBulkChange(OWNER_VIEWER, result.undoId, { now: NOW + 9 * MINUTE });
      expect(await audit()).toEqual([]);
      if (meanwhile === 'cancel' && result.moved[0]) {
        expect(undone).toEqual({ ok: false, reason: 'changed' });
        expect(await everything()).toEqual(stateBefore);
      } else {
        expect(undone).toEqual({ ok: true });
        expect(await everything()).toEqual(before);
      }
    }),
    { numRuns: getPropertyTestRuns(8) },
  );
}, 120_000);

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { appointments, claims, handOverRequests, outbox, series, therapists } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import type { DateDecision } from './apply-date-decisions';
import { askAboutHandOver } from './ask-about-hand-over';
import { bookSeries } from './book-series';
import { handOverDates, previewHandOver } from './hand-over-dates';
import { formatMoveOverCapsKey } from './over-caps-key';
import { undoBulkChange } from './undo-bulk-change';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };

/** Books four Tuesdays at 18:00 with Mira; on the third, Jun has another client. */
async function book(starts = listWeeklyInstants('2026-12-01', '18:00', 4)) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return { seriesId: booked.seriesId, uids: booked.appointments.map(({ uid }) => uid) };
}
async function occupyJun(on = '2026-12-15', time = '18:00') {
  const client = { name: 'Jo Busy', email: 'jo@example.org' };
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(instantAt(on, time), { therapistId: 'jun', client }),
    clock,
  );
  expect(booked).toMatchObject({ ok: true });
}

async function plan(uid: string, to = 'jun') {
  const found = await previewHandOver(OWNER_VIEWER, { uid, to }, clock);
  if (!found) throw new Error('There is no such date.');
  return found;
}
async function proposed(uid: string, to = 'jun'): Promise<DateDecision[]> {
  return (await plan(uid, to)).dates.map(({ uid, version, places: [place] }): DateDecision => {
    if (!place) return { uid, version, choice: 'keep' };
    return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
  });
}
const handOver = async (uid: string, decisions: DateDecision[], to = 'jun') =>
  handOverDates(OWNER_VIEWER, { uid, to, decisions, reason: 'Jun takes over from Mira.' }, clock);

async function everything() {
  const read = await reader();
  return {
    appointments: (await read.select().from(appointments).orderBy(appointments.id)).map(
      ({ version: _, sequence: __, ...row }) => row,
    ),
    series: (await read.select().from(series).orderBy(series.id)).map(({ version: _, ...row }) => row),
    claims: await read.select().from(claims).orderBy(claims.resource, claims.cell),
    outbox: await read.select().from(outbox).orderBy(outbox.id),
    asked: await read.select().from(handOverRequests).orderBy(handOverRequests.id),
  };
}

describe('handing a series over to a colleague', () => {
  it('keeps the hour where the colleague is free, takes another of their hours where not, and keeps the price', async () => {
    const { uids } = await book();
    await occupyJun();
    const { dates, heirs, to } = await plan(uids[1]!);
    expect(heirs.map(({ id }) => id)).toEqual(['aoife', 'jun']);
    expect(to).toEqual({ id: 'jun', name: 'Jun Sato' });
    expect(dates.map(({ uid }) => uid)).toEqual(uids.slice(1));
    const starts = dates.map(({ places }) => places[0]!.startsAt);
    expect([starts[0], starts[2]]).toEqual([instantAt('2026-12-08', '18:00'), instantAt('2026-12-22', '18:00')]);
    expect(starts[1]).not.toBe(instantAt('2026-12-15', '18:00'));
    expect(await handOver(uids[1]!, await proposed(uids[1]!))).toMatchObject({
      ok: true,
      moved: uids.slice(1),
      kept: [],
    });
    const rows = (await everything()).appointments.filter(({ id }) => uids.includes(id));
    const byUid = new Map(rows.map((row) => [row.id, row]));
    expect(uids.map((uid) => byUid.get(uid)!.therapistId)).toEqual(['mira', 'jun', 'jun', 'jun']);
    expect(uids.map((uid) => byUid.get(uid)!.nominalTherapistId)).toEqual(['mira', 'jun', 'jun', 'jun']);
    expect(byUid.get(uids[2]!)!.nominalStartAt).toBe(instantAt('2026-12-15', '18:00'));
    expect(new Set(rows.map(({ priceCents }) => priceCents)).size).toBe(1);
    expect((await everything()).series.find(({ id }) => id === rows[0]!.seriesId)!.therapistId).toBe('jun');
  });

  it('suggests an hour at which the colleague stays within their caps, and names the limit of one at which not', async () => {
    const { uids } = await book();
    await occupyJun('2026-12-08', '12:00');
    const capped = { capDayMinutes: 60, capWeekMinutes: 120 };
    await db.write((tx) => tx.update(therapists).set(capped).where(eq(therapists.id, 'jun')));
    const { dates } = await plan(uids[0]!);
    expect(dates.map(({ places }) => places.filter(({ exceeds }) => exceeds).length)).toEqual([0, 1, 0, 0]);
    const [first, last] = dates[1]!.places;
    expect(first!.startsAt).not.toBe(dates[1]!.startsAt);
    expect(last).toMatchObject({
      startsAt: dates[1]!.startsAt,
      exceeds: [{ cap: 'dayMinutes', minutes: 60 }],
    });
    const stay = dates.map(({ uid, version, startsAt }): DateDecision => {
      return { uid, version, choice: 'move', startsAt, therapistId: 'jun' };
    });
    const request = { uid: uids[0]!, to: 'jun', decisions: stay, reason: '' };
    const refused = { ok: false, reason: 'over_caps' };
    expect(await handOverDates(OWNER_VIEWER, { ...request, seenOverCaps: [] }, clock)).toEqual(refused);
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, seenOverCaps: [], days: 3 }, clock)).toEqual(refused);
    const seenOverCaps = [formatMoveOverCapsKey({ ...stay[1]!, startsAt: dates[1]!.startsAt, therapistId: 'jun' })];
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, seenOverCaps, days: 3 }, clock)).toMatchObject({
      ok: true,
    });
    await db.write((tx) => tx.update(therapists).set({ capDeepDayMinutes: 0, capDayMinutes: 59 }));
    const nowhere = (await plan(uids[0]!)).dates.flatMap(({ places }) => places.map(({ exceeds }) => exceeds));
    expect(new Set(nowhere.map((exceeds) => JSON.stringify(exceeds?.[0])))).toEqual(
      new Set(['{"cap":"dayMinutes","minutes":59}']),
    );
  });

  it('is reversed completely when it is undone', async () => {
    const { uids } = await book();
    const before = await everything();
    const result = await handOver(uids[0]!, await proposed(uids[0]!));
    if (!result.ok) throw new Error(JSON.stringify(result));
    expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: true });
    expect(await everything()).toEqual(before);
  });

  it('cannot be undone once the former therapist has left', async () => {
    const { uids } = await book();
    const result = await handOver(uids[0]!, await proposed(uids[0]!));
    if (!result.ok) throw new Error(JSON.stringify(result));
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')));
    const before = await everything();
    expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: false, reason: 'withdrawn' });
    expect(await everything()).toEqual(before);
  });

  it('does nothing where a date has changed, is to go to somebody else, or all are to stay', async () => {
    const { uids } = await book();
    const decisions = await proposed(uids[0]!);
    const before = await everything();
    expect(await handOver(uids[0]!, decisions.slice(1))).toEqual({ ok: false, reason: 'changed' });
    const stored = decisions.map(({ uid, version }): DateDecision => ({ uid, version, choice: 'keep' }));
    expect(await handOver(uids[0]!, stored)).toEqual({ ok: false, reason: 'nothing' });
    const astray = decisions.map((decision) => ({ ...decision, therapistId: 'tom' }) as DateDecision);
    expect(await handOver(uids[0]!, astray)).toEqual({ ok: false, reason: 'move_taken', uid: uids[0] });
    await occupyJun('2026-12-22');
    const occupied = await everything();
    expect(await handOver(uids[0]!, decisions)).toEqual({ ok: false, reason: 'move_taken', uid: uids[3] });
    expect(await everything()).toEqual(occupied);
    expect(occupied.appointments).toEqual(expect.arrayContaining(before.appointments));
  });

  it('is refused to a colleague who does not give the massage, and by a therapist whose dates they are not', async () => {
    const { uids } = await book();
    expect(await plan(uids[0]!, 'tom')).toMatchObject({ to: null, dates: [] });
    const decisions = await proposed(uids[0]!);
    const request = { uid: uids[0]!, to: 'jun', decisions, reason: '' };
    expect(await handOverDates(OWNER_VIEWER, { ...request, to: 'tom' }, clock)).toMatchObject({ reason: 'not_found' });
    expect(await handOverDates(therapistViewer('jun'), request, clock)).toMatchObject({ reason: 'not_found' });
    expect(await previewHandOver(therapistViewer('jun'), request, clock)).toBeNull();
    expect(await handOverDates(OWNER_VIEWER, { ...request, reason: 'x\u0000' }, clock)).toMatchObject({
      reason: 'invalid',
    });
    expect(await handOverDates(therapistViewer('mira'), request, clock)).toMatchObject({ ok: true });
  });
});

it('random hand-overs keep every promise, and undoing them restores everything', async () => {
  const scene = fc.record({
    weeks: fc.integer({ min: 1, max: 6 }),
    from: fc.integer({ min: 0, max: 5 }),
    busy: fc.array(
      fc.record({ week: fc.integer({ min: 0, max: 5 }), time: fc.constantFrom('16:45', '18:00', '18:30') }),
      { maxLength: 5 },
    ),
    to: fc.constantFrom('jun', 'aoife'),
    isAskedBefore: fc.boolean(),
    choices: fc.array(fc.constantFrom<number | 'keep' | 'cancel'>(0, 0, 1, 'keep', 'cancel'), {
      minLength: 6,
      maxLength: 6,
    }),
  });
  await fc.assert(
    fc.asyncProperty(scene, async ({ weeks, from, busy, to, isAskedBefore, choices }) => {
      await db.write(async (tx) => {
        await deleteAllRows(tx);
        await insertDemoPractice(tx, NOW);
      });
      const starts = listWeeklyInstants('2026-12-01', '18:00', weeks);
      const { uids } = await book(starts);
      for (const [n, { week, time }] of busy.entries()) {
        const client = { name: `Busy ${n}`, email: `busy${n}@example.org` };
        const start = instantAt(
          `2026-${week < 5 ? 12 : '01'}-${String(week < 5 ? 1 + 7 * week : 5).padStart(2, '0')}`,
          time,
        );
        await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(start, { therapistId: 'jun', client }), clock);
      }
      const uid = uids[from % uids.length]!;
      const { dates } = await plan(uid, to);
      expect(dates).toHaveLength(uids.length - (from % uids.length));
      if (isAskedBefore)
        await askAboutHandOver(
          OWNER_VIEWER,
          { uid, to, decisions: await proposed(uid, to), reason: '', days: 3 },
          clock,
        );
      const before = await everything();
      const decisions = dates.map(({ uid, version, places }, at): DateDecision => {
        const choice = choices[at]!;
        const place = typeof choice === 'number' ? places[choice] : undefined;
        if (place) return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
        return { uid, version, choice: choice === 'cancel' ? 'cancel' : 'keep' };
      });
      const result = await handOver(uid, decisions, to);
      expect(await audit()).toEqual([]);
      if (!result.ok) {
        expect(['nothing', 'move_taken']).toContain(result.reason);
        expect(await everything()).toEqual(before);
        return;
      }
      expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: true });
      expect(await audit()).toEqual([]);
      expect(await everything()).toEqual(before);
    }),
    { numRuns: getPropertyTestRuns(10) },
  );
}, 120_000);

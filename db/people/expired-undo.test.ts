import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { undoBulkChange } from '@/db/booking/undo-bulk-change';
import { undoDeskChange } from '@/db/booking/undo-desk-change';
import { reader } from '@/db/connection/database-client';
import { writeDayNote } from '@/db/practice/day-notes';
import { DAY_MS, RETENTION } from '@/db/retention';
import { auditEvents, dayNotes, practices, waitlistEntries } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { toInstant } from '@/scheduling/zone-conversion';
import { deleteExpiredRows } from './delete-expired-rows';

const db = setUpTestDatabase({ now: NOW });

describe('a change that can be undone', () => {
  it('keeps its actor, and deletes the rows needed to undo it a day later', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), {
      now: NOW,
    });
    if (!booked.ok) throw new Error(booked.reason);
    const { uid } = booked.appointments[0]!;
    const to = { uid, version: 1, startsAt: instantAt('2026-12-02', '17:00'), scope: 'this' as const };
    const moved = await moveAsStaff(OWNER_VIEWER, to, { now: NOW });
    if (!moved.ok || !('undo' in moved)) throw new Error(JSON.stringify(moved));
    const event = async () => (await (await reader()).select().from(auditEvents)).find(({ id }) => id === moved.undo)!;
    const before = await event();
    expect(before.facts).toHaveProperty('undo');
    await deleteExpiredRows(NOW + DAY_MS - 1);
    expect(await event()).toEqual(before);
    await deleteExpiredRows(NOW + DAY_MS + 1);
    const { undo: _, ...facts } = before.facts;
    expect(await event()).toEqual({ ...before, facts });
    expect(await undoDeskChange(OWNER_VIEWER, moved.undo as string, { now: NOW + 1 })).toMatchObject({
      reason: 'not_found',
    });
  });

  it('keeps no rows of its dates after a day when it is a hand-over', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), {
      now: NOW,
    });
    if (!booked.ok) throw new Error(booked.reason);
    const { uid } = booked.appointments[0]!;
    const plan = await previewHandOver(OWNER_VIEWER, { uid, to: 'jun' }, { now: NOW });
    const [date] = plan!.dates;
    const [place] = date!.places;
    const decisions = [{ uid, version: date!.version, choice: 'move' as const, ...place! }];
    const input = await handOverDates(
      OWNER_VIEWER,
      { uid, to: 'jun', decisions, reason: 'Jun takes over.' },
      { now: NOW },
    );
    expect(input).toMatchObject({ ok: true });
    const event = async () =>
      (await (await reader()).select().from(auditEvents)).find(({ action }) => action === 'handed over')!;
    const before = await event();
    expect(JSON.stringify(before.facts)).toContain('priceCents');
    await deleteExpiredRows(NOW + DAY_MS + 1);
    expect(JSON.stringify((await event()).facts)).not.toMatch(/priceCents|clientId/);
    expect(await undoBulkChange(OWNER_VIEWER, before.id, { now: NOW + 1 })).toMatchObject({ reason: 'not_found' });
  });
});

describe('a note on a day', () => {
  it('is deleted a year after its day', async () => {
    const note = { on: '2026-12-01', therapistId: null, words: 'Plumber at 15:00' };
    await writeDayNote(OWNER_VIEWER, note, { now: NOW });
    const many = async () => (await reader()).$count(dayNotes);
    const day = Date.UTC(2026, 11, 1);
    await deleteExpiredRows(day + RETENTION.dayNoteDays * DAY_MS);
    expect(await many()).toBe(1);
    await deleteExpiredRows(day + (RETENTION.dayNoteDays + 1) * DAY_MS);
    expect(await many()).toBe(0);
  });
});

describe('a retention period in days', () => {
  /** One zone whose date is ahead of UTC's for most of the day, and one whose date is behind. */
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('ends by the clock of a practice in %s', async (timeZone) => {
    const { connection, write } = db;
    const on = '2026-12-01';
    const entryId = await addToWaitlist('Ana Costa', NOW, { fromOn: on, untilOn: on });
    await writeDayNote(OWNER_VIEWER, { on, therapistId: null, words: 'Plumber at 15:00' }, { now: NOW });
    await write((tx) => tx.update(practices).set({ timeZone }));
    const stored = async () => {
      const read = connection().reader;
      const entries = await read.$count(waitlistEntries, eq(waitlistEntries.id, entryId));
      return { notes: await read.$count(dayNotes), entries };
    };
    const over = toInstant(timeZone, '2027-12-02', '00:00');
    expect(RETENTION).toMatchObject({ dayNoteDays: 365, endedEntryDays: 365 });
    await deleteExpiredRows(over - 1);
    expect(await stored()).toEqual({ notes: 1, entries: 1 });
    await deleteExpiredRows(over);
    expect(await stored()).toEqual({ notes: 0, entries: 0 });
  });
});

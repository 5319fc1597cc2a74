import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { claimCells, releaseCells, toAbsenceClaim } from '@/db/claims/claims';
import { CLAIM_KINDS, calendarImports, claims, externalBusyTimes, therapists } from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { deleteCalendarImport, getCalendarImport, setCalendarImport } from './calendar-import';
import { listExternalClashes } from './external-clashes';
import { type CalendarImportOutcome, leaseDueCalendarImports, storeCalendarImportOutcome } from './import-busy-times';

const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
const JUN = therapistViewer('jun');
const clock = { now: NOW };
const DAY = 86_400_000;
const MINUTE = 60_000;
const ADDRESS = 'https://calendar.example/private-abc/basic.ics';
const ON = '2026-12-01';

const times = (...spans: [string, string][]) =>
  spans.map(([from, until]) => ({ start: instantAt(ON, from), end: instantAt(ON, until) }));
async function added(viewer = MIRA) {
  expect(await setCalendarImport(viewer, ADDRESS, clock)).toEqual({ ok: true });
  const [due] = await leaseDueCalendarImports(clock);
  return due!.id;
}
const store = (id: string, busy: ReturnType<typeof times>, now = NOW) =>
  storeCalendarImportOutcome(id, { kind: 'read', busy, etag: '"1"' }, { now });
const held = async () =>
  (await db.connection().reader.select().from(externalBusyTimes).orderBy(externalBusyTimes.startAt)).map(
    ({ startAt, endAt }) => [startAt, endAt].map((instant) => (instant - instantAt(ON, '00:00')) / (60 * MINUTE)),
  );
const cells = () => db.connection().reader.$count(claims, eq(claims.kind, CLAIM_KINDS.external));
const book = (time: string, therapistId = 'mira') =>
  bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(ON, time), { therapistId }), clock);

describe('the address of a therapist’s own calendar', () => {
  it.each([
    '',
    'calendar',
    'ftp://calendar.example/a.ics',
    'http://calendar.example/a.ics',
    'javascript:alert(1)',
    'https://a:b@calendar.example/',
    `https://x/${'a'.repeat(2_000)}`,
  ])('is refused when it is %j', async (input) =>
    expect(await setCalendarImport(MIRA, input, clock)).toMatchObject({ ok: false, reason: 'invalid' }),
  );

  it('is stored encrypted, shown by its host only, and can be replaced', async () => {
    await setCalendarImport(MIRA, ` webcal://first.example/secret.ics `, clock);
    expect(await getCalendarImport(MIRA)).toEqual({ host: 'first.example', readAt: null, problem: null, stretches: 0 });
    expect(JSON.stringify(await db.connection().reader.select().from(calendarImports))).not.toContain('secret');
    expect(await leaseDueCalendarImports(clock)).toMatchObject([
      { address: 'https://first.example/secret.ics', etag: null },
    ]);
    await setCalendarImport(MIRA, ADDRESS, clock);
    expect(await getCalendarImport(MIRA)).toMatchObject({ host: 'calendar.example' });
    expect(await getCalendarImport(JUN)).toBeNull();
  });

  it('can be set by therapists only', async () => {
    for (const viewer of [OWNER_VIEWER, DESK_VIEWER]) {
      expect(await setCalendarImport(viewer, ADDRESS, clock)).toEqual({ ok: false, reason: 'not_found' });
      expect(await deleteCalendarImport(viewer, clock)).toEqual({ ok: false, reason: 'not_found' });
      expect(await getCalendarImport(viewer)).toBeNull();
    }
  });

  it('is read by one server at a time, every ten minutes, and no longer once the therapist has left', async () => {
    await setCalendarImport(MIRA, ADDRESS, clock);
    const both = await Promise.all([leaseDueCalendarImports(clock), leaseDueCalendarImports(clock)]);
    expect(both.flat()).toHaveLength(1);
    expect(await leaseDueCalendarImports({ now: NOW + 9 * MINUTE })).toEqual([]);
    expect(await leaseDueCalendarImports({ now: NOW + 10 * MINUTE })).toHaveLength(1);
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')));
    expect(await leaseDueCalendarImports({ now: NOW + 20 * MINUTE })).toEqual([]);
  });

  it('is fetched whole once a day, and otherwise with its ETag', async () => {
    const id = await added();
    await store(id, []);
    expect(await leaseDueCalendarImports({ now: NOW + 10 * MINUTE })).toMatchObject([{ etag: '"1"' }]);
    expect(await leaseDueCalendarImports({ now: NOW + DAY })).toMatchObject([{ etag: null }]);
  });
});

describe('imported busy times', () => {
  it('cannot be booked, and can again once the times or the address are removed', async () => {
    const id = await added();
    await store(id, times(['18:00', '19:00']));
    expect(await book('18:00')).toMatchObject({ ok: false, reason: 'taken' });
    const openings = async () => {
      const request = { serviceId: 'swedish', minutes: 60, from: ON, days: 1, therapistId: 'mira' };
      const found = await listBookableStarts(request, NOW);
      if (!found.ok) throw new Error(JSON.stringify(found));
      return found.openings.map(({ startsAt }) => startsAt);
    };
    expect(await openings()).not.toContain(instantAt(ON, '18:00'));
    await store(id, times(['12:00', '13:00']));
    expect(await openings()).toContain(instantAt(ON, '18:00'));
    expect(await openings()).not.toContain(instantAt(ON, '12:00'));
    expect(await deleteCalendarImport(MIRA, clock)).toEqual({ ok: true });
    expect(await openings()).toContain(instantAt(ON, '12:00'));
    expect(await cells()).toBe(0);
    expect(await deleteCalendarImport(MIRA, clock)).toEqual({ ok: false, reason: 'not_found' });
  });

  it('leave bookings and time off in place: only the free rest is claimed, and the therapist sees which dates clash', async () => {
    await db.write((tx) => insertTestAppointment(tx, { id: 'nia', on: ON, time: '18:00', therapistId: 'mira' }));
    await db.write((tx) => insertTestTimeOff(tx, 'mira', [ON, '13:00'], [ON, '14:00']));
    const id = await added();
    await store(id, times(['12:00', '20:00']));
    expect(await held()).toEqual([
      [12, 13],
      [14, 18],
      [19.25, 20],
    ]);
    const clash = { uid: 'nia', therapistId: 'mira', clientName: 'Nia Walsh', startsAt: instantAt(ON, '18:00') };
    expect(await listExternalClashes(MIRA, clock)).toEqual([clash]);
    expect(await listExternalClashes(OWNER_VIEWER, clock)).toEqual([clash]);
    expect(await listExternalClashes(JUN, clock)).toEqual([]);
    await cancelAppointments(OWNER_VIEWER, { uid: 'nia', scope: 'this' }, clock);
    expect(await listExternalClashes(MIRA, clock)).toEqual([]);
    await storeCalendarImportOutcome(id, { kind: 'same' }, clock);
    expect(await held()).toEqual([
      [12, 13],
      [14, 20],
    ]);
  });

  it('are claimed when a clashing date is cancelled, before the time is offered to anybody', async () => {
    const uid = await db.write((tx) =>
      insertTestAppointment(tx, { id: 'met', on: ON, time: '18:00', therapistId: 'mira' }).then(() => 'met'),
    );
    const id = await added();
    await store(id, times(['18:00', '19:00']));
    expect(await leaseDueCalendarImports({ now: NOW + MINUTE })).toEqual([]);
    await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW + MINUTE });
    const [due] = await leaseDueCalendarImports({ now: NOW + MINUTE });
    expect(due?.id).toBe(id);
    await storeCalendarImportOutcome(id, { kind: 'same' }, { now: NOW + MINUTE });
    expect(await held()).toEqual([[18, 19]]);
    expect(await book('18:00')).toMatchObject({ ok: false });
    // Times that the import itself releases make no import due.
    await store(id, [], NOW + 2 * MINUTE);
    expect(await leaseDueCalendarImports({ now: NOW + 2 * MINUTE })).toEqual([]);
  });

  it('are read even after the clock was set back', async () => {
    await added();
    expect(await leaseDueCalendarImports({ now: NOW - 2 * DAY })).toHaveLength(1);
  });

  it('that have not changed are left alone when others change', async () => {
    const id = await added();
    await store(id, times(['12:00', '13:00'], ['15:00', '16:00']));
    const ids = async () => (await db.connection().reader.select().from(externalBusyTimes)).map((row) => row.id);
    const before = await ids();
    await store(id, times(['12:00', '13:00'], ['15:00', '17:00']));
    const after = await ids();
    expect(after).toHaveLength(2);
    expect(after.filter((each) => before.includes(each))).toHaveLength(1);
  });

  it.each<CalendarImportOutcome>([{ kind: 'failed', problem: 'unreachable' }, { kind: 'same' }])(
    'stay after %j',
    async (outcome) => {
      const id = await added();
      await store(id, times(['12:00', '13:00']));
      await storeCalendarImportOutcome(id, outcome, { now: NOW + MINUTE });
      expect(await held()).toEqual([[12, 13]]);
      expect(await getCalendarImport(MIRA)).toEqual({
        host: 'calendar.example',
        readAt: outcome.kind === 'same' ? NOW + MINUTE : NOW,
        problem: outcome.kind === 'same' ? null : 'unreachable',
        stretches: 1,
      });
    },
  );

  it('reach as far ahead as anything can be booked, and are deleted when they are past', async () => {
    const id = await added();
    const far = { start: NOW + 500 * DAY, end: NOW + 501 * DAY };
    await store(id, [...times(['12:00', '13:00']), far]);
    expect(await held()).toEqual([[12, 13]]);
    await storeCalendarImportOutcome(id, { kind: 'same' }, { now: instantAt(ON, '12:00') + 3 * DAY });
    expect(await cells()).toBe(0);
  });

  it('of a long absence are rewritten only for the day on which something else was claimed', async () => {
    const id = await added();
    const twentyDays = { start: instantAt(ON, '00:00'), end: instantAt(ON, '00:00') + 20 * DAY };
    await store(id, [twentyDays]);
    expect(await getCalendarImport(MIRA)).toMatchObject({ stretches: 1 });
    const ids = async () => (await db.connection().reader.select().from(externalBusyTimes)).map((row) => row.id);
    const before = await ids();
    await store(id, [twentyDays], NOW + MINUTE);
    expect(await ids()).toEqual(before);
    await db.write((tx) => tx.delete(claims).where(eq(claims.cell, instantAt(ON, '18:00') / 300_000)));
    const off = { id: 'x', therapistId: 'mira', startAt: instantAt(ON, '18:00'), endAt: instantAt(ON, '18:05') };
    await db.write((tx) => claimCells(tx, [toAbsenceClaim('time_off', off)], NOW));
    await store(id, [twentyDays], NOW + 2 * MINUTE);
    expect((await ids()).filter((each) => before.includes(each))).toHaveLength(before.length - 1);
    await db.write((tx) => releaseCells(tx, [toAbsenceClaim('time_off', off)], NOW));
  });

  it('leave no claims behind when an address is set twice, or removed while it is stored', async () => {
    const both = await Promise.all([setCalendarImport(MIRA, ADDRESS, clock), setCalendarImport(MIRA, ADDRESS, clock)]);
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    for (let k = 0; k < 5; k++) {
      const id = await added();
      await Promise.all([store(id, times(['12:00', '13:00'])), deleteCalendarImport(MIRA, clock)]);
      expect(await cells()).toBe(0);
      expect(await held()).toEqual([]);
    }
  });

  it('are not stored for an address that was removed while it was read', async () => {
    const id = await added();
    await deleteCalendarImport(MIRA, clock);
    await store(id, times(['12:00', '13:00']));
    expect(await cells()).toBe(0);
  });

  it('and a booking at the same moment never claim the same time', async () => {
    const id = await added();
    const [booked] = await Promise.all([book('18:00'), store(id, times(['18:00', '19:00']))]);
    expect(await cells()).toBe(booked.ok ? 0 : 12);
  });
});

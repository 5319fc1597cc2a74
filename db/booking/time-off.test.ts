import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { appointments, claims, outbox, timeOff } from '@/db/schema';
import { insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { addTimeOff, type TimeOffDecisions } from './add-time-off';
import { bookSeries } from './book-series';
import { bookSkipped } from './book-skipped';
import { listDatesInTimeOff } from './dates-in-time-off';
import { holdTimes } from './holds';
import { listTimeOff, removeTimeOff } from './time-off';
import type { TimeOffRequest } from './time-off-span';

const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');

/** Builds a request: Mira is away on 8 December from noon. */
const away = (other: Partial<TimeOffRequest & TimeOffDecisions> = {}): TimeOffRequest & TimeOffDecisions => ({
  therapistIds: ['mira'],
  start: instantAt('2026-12-08', '12:00'),
  end: instantAt('2026-12-09', '00:00'),
  kind: 'leave',
  ...other,
});
const take = (other: Partial<TimeOffRequest & TimeOffDecisions> = {}, viewer: Staff = MIRA, now = NOW) =>
  addTimeOff(viewer, away(other), { now });
const count = async (table: typeof claims | typeof outbox | typeof timeOff) =>
  (await db.connection().reader.select().from(table)).length;
const openHours = async (on: string) => {
  const found = await listBookableStarts(
    { serviceId: 'swedish', minutes: 60, from: on, days: 1, therapistId: 'mira' },
    NOW,
  );
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.openings.length;
};
async function booked(starts = listWeeklyInstants('2026-12-01', '18:00', 3)) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { seriesId: result.seriesId, uids: result.appointments.map(({ uid }) => uid) };
}
const statusOf = async (uid: string) => {
  const [found] = await db.connection().reader.select().from(appointments).where(eq(appointments.id, uid));
  return found?.status;
};

describe('time off', () => {
  it('is added, shown, and removed', async () => {
    expect(await openHours('2026-12-08')).toBeGreaterThan(0);
    const added = await take();
    if (!added.ok) throw new Error(JSON.stringify(added));
    expect(await openHours('2026-12-08')).toBe(0);
    expect(await count(claims)).toBe(12 * 12);
    const [view] = await listTimeOff(MIRA, { now: NOW });
    expect(view).toMatchObject({
      therapist: { id: 'mira' },
      startsAt: instantAt('2026-12-08', '12:00'),
      kind: 'leave',
    });
    expect(await removeTimeOff(MIRA, view!.id, { now: NOW })).toEqual({ ok: true });
    expect(await count(claims)).toBe(0);
    expect(await openHours('2026-12-08')).toBeGreaterThan(0);
  });

  it('prevents bookings in its time', async () => {
    await take();
    expect(
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: NOW }),
    ).toMatchObject({
      reason: 'taken',
    });
  });

  it('leaves out what is off already, and is refused where all of it is', async () => {
    await db.write((tx) => insertTestTimeOff(tx, 'mira', ['2026-12-08', '15:30'], ['2026-12-08', '16:00']));
    expect(await take()).toMatchObject({ ok: true, ids: [expect.any(String), expect.any(String)] });
    expect(await count(claims)).toBe(12 * 12);
    expect(await take({ start: instantAt('2026-12-08', '14:00') })).toMatchObject({ reason: 'invalid' });
  });

  it('begins now when it was to begin earlier today: the time already worked stays as it was', async () => {
    const now = instantAt('2026-12-08', '14:02');
    await take({}, MIRA, now);
    expect(await listTimeOff(MIRA, { now })).toMatchObject([{ startsAt: instantAt('2026-12-08', '14:00') }]);
  });

  it('closes the practice for every therapist at once, or for none', async () => {
    const everybody = { therapistIds: ['mira', 'tom', 'jun'], kind: 'closure' as const };
    await booked([instantAt('2026-12-08', '18:00')]);
    expect(await take(everybody, OWNER_VIEWER)).toMatchObject({ reason: 'booked' });
    expect(await count(timeOff)).toBe(0);
    expect(await take({ ...everybody, end: instantAt('2026-12-08', '18:00') }, OWNER_VIEWER)).toMatchObject({
      ok: true,
    });
    expect(await listTimeOff(OWNER_VIEWER, { now: NOW })).toHaveLength(3);
  });
});

describe('time off over booked appointments', () => {
  it('is refused with the list of appointments, and nothing changes', async () => {
    const { uids } = await booked();
    const claimed = await count(claims);
    expect(await take()).toEqual({ ok: false, reason: 'booked', dates: [{ uid: uids[1], version: 1 }] });
    expect(await count(claims)).toBe(claimed);
    expect(await count(timeOff)).toBe(0);
    expect(await listDatesInTimeOff(MIRA, away(), { now: NOW })).toMatchObject([
      {
        uid: uids[1],
        version: 1,
        startsAt: instantAt('2026-12-08', '18:00'),
        therapist: 'Mira Kovač',
        clientName: 'Ana Costa',
        service: 'Swedish',
      },
    ]);
  });

  it('counts an appointment whose clean-up would overlap it', async () => {
    await booked([instantAt('2026-12-08', '18:00')]);
    expect(await take({ start: instantAt('2026-12-08', '19:10') })).toMatchObject({ reason: 'booked' });
    expect(await take({ start: instantAt('2026-12-08', '19:15') })).toMatchObject({ ok: true });
  });

  it('is taken where they are cancelled in the same step, and each client gets one e-mail', async () => {
    const { seriesId, uids } = await booked();
    const messages = await count(outbox);
    expect(await take({ decisions: [{ uid: uids[1]!, version: 1, choice: 'cancel' }] })).toMatchObject({
      ok: true,
      cancelled: [uids[1]],
    });
    const view = (await getSeries(OWNER_VIEWER, seriesId))!;
    expect(view.version).toBe(2);
    expect(view.appointments.map(({ status }) => status)).toEqual(['booked', 'cancelled', 'booked']);
    const mail = await db.connection().reader.select().from(outbox);
    // The therapist did it, so they get no e-mail.
    expect(mail.length).toBe(messages + 1);
    expect(mail.filter(({ kind, toEmail }) => kind === 'cancelled' && toEmail === 'ana@example.org')).toHaveLength(1);
  });

  it('is refused when another was booked, or one changed, since the list was read', async () => {
    const { uids } = await booked();
    const seen = [{ uid: uids[1]!, version: 1, choice: 'cancel' as const }];
    expect(await take({ decisions: [{ ...seen[0]!, version: 2 }] })).toMatchObject({ reason: 'booked' });
    await booked([instantAt('2026-12-08', '14:00')]);
    const refused = await take({ decisions: seen });
    expect(refused).toMatchObject({ reason: 'booked', dates: [{ uid: expect.any(String) }, { uid: uids[1] }] });
    expect(await statusOf(uids[1]!)).toBe('booked');
  });

  it('is refused while a client holds the time', async () => {
    const { client: _, idempotencyKey: __, ...plan } = makeSeriesRequest(instantAt('2026-12-08', '18:00'));
    await holdTimes(plan, { key: 'k', browser: 'b', sender: '198.51.100.1' }, { now: NOW });
    expect(await take()).toEqual({ ok: false, reason: 'taken' });
    expect(await count(timeOff)).toBe(0);
    expect(await take({}, MIRA, NOW + 11 * 60_000)).toMatchObject({ ok: true });
  });

  it('competes with a booking at the same moment: at most one of the two succeeds', async () => {
    for (let day = 8; day < 18; day++) {
      const on = `2026-12-${String(day).padStart(2, '0')}`;
      const [start, end] = [instantAt(on, '00:00'), instantAt(on, '23:00')];
      const both = await Promise.all([
        take({ start, end }),
        bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, '18:00'), { therapistId: 'mira' }), { now: NOW }),
      ]);
      expect(both.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('the same hours of several days', () => {
  const days = ['2026-12-07', '2026-12-08', '2026-12-09'];
  const parts = days.map((on) => ({ start: instantAt(on, '14:00'), end: instantAt(on, '14:30') }));
  const lunches = (more: Partial<TimeOffRequest> = {}) =>
    away({ start: parts[0]!.start, end: parts[2]!.end, parts, kind: 'break', ...more });

  it('take only these hours, and list only what is booked in them', async () => {
    const inIt = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(instantAt('2026-12-08', '13:30'), { therapistId: 'mira' }),
      { now: NOW },
    );
    const between = makeSeriesRequest(instantAt('2026-12-08', '17:00'), { therapistId: 'mira' });
    expect(await bookSeries(ANONYMOUS_VIEWER, between, { now: NOW })).toMatchObject({ ok: true });
    if (!inIt.ok) throw new Error(JSON.stringify(inIt));
    const { uid } = inIt.appointments[0]!;
    const dates = [{ uid, version: 1 }];
    expect(await listDatesInTimeOff(MIRA, lunches(), { now: NOW })).toMatchObject(dates);
    expect(await addTimeOff(MIRA, lunches(), { now: NOW })).toEqual({ ok: false, reason: 'booked', dates });
    const decisions = [{ uid, version: 1, choice: 'cancel' as const }];
    expect(await addTimeOff(MIRA, { ...lunches(), decisions }, { now: NOW })).toMatchObject({
      ok: true,
      cancelled: [uid],
    });
    const listed = await listTimeOff(MIRA, { now: NOW });
    expect(listed.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }))).toEqual(parts);
  });

  it('leave out what is over, and are refused outside the span, running backwards or too many', async () => {
    const now = instantAt('2026-12-08', '14:10');
    expect(await addTimeOff(MIRA, lunches(), { now })).toMatchObject({ ok: true });
    expect((await listTimeOff(MIRA, { now })).map(({ startsAt }) => startsAt)).toEqual([now, parts[2]!.start]);
    const wrong = [
      [{ start: instantAt('2026-12-01', '14:00'), end: instantAt('2026-12-01', '14:30') }],
      [{ start: parts[0]!.end, end: parts[0]!.start }],
      Array.from({ length: 63 }, () => parts[0]!),
    ];
    for (const parts of wrong)
      expect(await addTimeOff(MIRA, lunches({ parts }), { now: NOW })).toMatchObject({ reason: 'invalid' });
  });
});

describe('permission for time off', () => {
  it('lets a therapist add, remove and see only their own', async () => {
    expect(await take({ therapistIds: ['tom'] })).toEqual({ ok: false, reason: 'not_found' });
    expect(await take({ therapistIds: ['mira', 'tom'] })).toEqual({ ok: false, reason: 'not_found' });
    const toms = await take({ therapistIds: ['tom'] }, OWNER_VIEWER);
    if (!toms.ok) throw new Error(JSON.stringify(toms));
    expect(await listTimeOff(MIRA, { now: NOW })).toEqual([]);
    expect(await removeTimeOff(MIRA, toms.ids[0]!, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    expect(await removeTimeOff(MIRA, 'of\u0000f', { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    expect(await listDatesInTimeOff(MIRA, away({ therapistIds: ['tom'] }), { now: NOW })).toEqual([]);
    expect(await count(timeOff)).toBe(1);
  });

  it('does not extend to removing time off that is over', async () => {
    const added = await take();
    if (!added.ok) throw new Error(JSON.stringify(added));
    const later = { now: instantAt('2026-12-09', '00:00') };
    expect(await removeTimeOff(MIRA, added.ids[0]!, later)).toEqual({ ok: false, reason: 'not_found' });
  });
});

it.each([
  ['for nobody', { therapistIds: [] }],
  ['from its end to its start', { start: instantAt('2026-12-09', '12:00') }],
  ['of no length', { start: instantAt('2026-12-09', '00:00') }],
  ['that is over', { start: instantAt('2026-11-01', '00:00'), end: instantAt('2026-11-02', '00:00') }],
  ['of two years', { end: instantAt('2028-12-09', '00:00') }],
  ['from NaN', { start: Number.NaN }],
  ['until 1e309', { end: Number.POSITIVE_INFINITY }],
  ['of an unknown kind', { kind: 'party' as 'leave' }],
])('time off %s is refused', async (_, wrong) => {
  expect(await take(wrong)).toMatchObject({ ok: false, reason: 'invalid' });
  expect(await count(timeOff)).toBe(0);
});

it('a client who skipped a date may book it when the time off is removed', async () => {
  await take();
  const starts = [instantAt('2026-12-01', '18:00'), instantAt('2026-12-15', '18:00')];
  const plan = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(starts, {
      appointments: starts.map((startsAt, k) => {
        return { position: 2 * k + 1, startsAt, therapistId: 'mira', serviceId: 'swedish' };
      }),
      standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
      skipped: [{ position: 2, on: '2026-12-08' }],
    }),
    { now: NOW },
  );
  if (!plan.ok) throw new Error(JSON.stringify(plan));
  const [view] = await listTimeOff(MIRA, { now: NOW });
  await removeTimeOff(MIRA, view!.id, { now: NOW });
  const request = { seriesId: plan.seriesId, position: 2 };
  expect(await bookSkipped(linkViewer(plan.seriesId), request, { now: NOW })).toMatchObject({ ok: true });
});

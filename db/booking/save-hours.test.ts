import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { listPlanDates } from '@/db/availability/plan-dates';
import { listStandingTimes } from '@/db/availability/standing-times';
import { computeOwnerNumber } from '@/db/claims/resource-and-owner-numbers';
import { reader } from '@/db/connection/database-client';
import { getEditableHours } from '@/db/practice/hours-plan';
import type { HoursChange } from '@/db/practice/parse-hours-change';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import {
  appointments,
  auditEvents,
  claims,
  holidays,
  hoursOverrides,
  outbox,
  repeatingBreaks,
  series,
  type WallRange,
  weeklyHoursChanges,
} from '@/db/schema';
import { insertTestAppointment, instantAt, type TestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import type { WeeklyHours } from '@/scheduling/availability';
import { addDays, type Weekday, weekdayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import type { DateDecision } from './apply-date-decisions';
import type { DateWithReplacementTimes } from './propose-replacement-times';
import { previewHours, saveHours } from './save-hours';

const { write } = setUpTestDatabase({ now: NOW });
const TIME_ZONE = 'Europe/Dublin';
const TODAY = '2026-11-23';

const plant = (id: string, on: string, time: string, more: Partial<TestAppointment> = {}) =>
  write((tx) => insertTestAppointment(tx, { id, on, time, therapistId: 'mira', ...more }));

/** Mira's hours without her evenings and her Thursdays: Monday to Wednesday, 12:00 to 18:00. */
const SHORTER: WeeklyHours = Object.fromEntries(
  [1, 2, 3].map((weekday) => [
    weekday,
    [
      ['12:00', '15:30'],
      ['16:00', '18:00'],
    ] as WallRange[],
  ]),
);
const shorter = (validFrom = '2026-12-07'): HoursChange => {
  return { kind: 'week', therapistId: 'mira', validFrom, week: SHORTER };
};

async function look(change: HoursChange) {
  const preview = await previewHours(OWNER_VIEWER, change, { now: NOW });
  if (!preview.ok) throw new Error(JSON.stringify(preview));
  return preview;
}

const keepDate = ({ uid, version }: DateWithReplacementTimes) => ({ uid, version, choice: 'keep' as const });

async function save(change: HoursChange) {
  const { seen, stranded } = await look(change);
  return saveHours(OWNER_VIEWER, { change, seen, decisions: stranded.map(keepDate) }, { now: NOW });
}

const placeOf = ({ startsAt, therapistId }: DateWithReplacementTimes['places'][number]) => ({ startsAt, therapistId });

const rowOf = async (id: string) =>
  (await (await reader()).select().from(appointments).where(eq(appointments.id, id)))[0]!;
const mails = async () => (await reader()).select().from(outbox);

describe('before other hours are saved', () => {
  it('lists the booked dates that fall in removed hours, with client and place in their series', async () => {
    await plant('evening', '2026-12-08', '18:30', { client: 'Kate Moran', position: 7, sessions: 8 });
    await plant('last', '2026-12-09', '17:00', { client: 'Dara Flood' });
    await plant('late', '2026-12-09', '18:15', { client: 'Nia Walsh' });
    await plant('thursday', '2026-12-10', '13:00', { client: 'Orla Finn' });
    await plant('gone', '2026-12-10', '16:00', { client: 'Una Ward', status: 'cancelled' });
    await plant('before', '2026-12-03', '19:00', { client: 'Liam Roe' });
    await plant('exception', '2026-12-11', '10:00', { client: 'Eve Daly' });
    const { stranded } = await look(shorter());
    expect(stranded.map(({ uid }) => uid)).toEqual(['evening', 'late', 'thursday']);
    expect(stranded[0]).toMatchObject({ clientName: 'Kate Moran', service: 'Swedish', position: 7, sessions: 8 });
  });

  it('offers each date a colleague at the same hour and the nearest time in the new hours, and no first place twice', async () => {
    await plant('a', '2026-12-08', '17:30', { client: 'Kate Moran' });
    await plant('b', '2026-12-08', '18:45', { client: 'Dara Flood' });
    await plant('c', '2026-12-10', '16:00', { client: 'Nia Walsh' });
    await plant('in the way', '2026-12-09', '16:30', { client: 'Orla Finn' });
    const { stranded } = await look(shorter());
    const results = stranded.map(({ places }) =>
      places.map(({ startsAt, therapistId }) => {
        const { on, time } = toWallTime(TIME_ZONE, startsAt);
        return `${therapistId} ${on} ${time}`;
      }),
    );
    expect(results.map(([first]) => first)).toEqual([
      'jun 2026-12-08 17:30',
      'jun 2026-12-08 18:45',
      'jun 2026-12-10 16:00',
    ]);
    for (const own of results.flat().filter((place) => place.startsWith('mira')))
      expect(own < 'mira 2026-12-07' || own.slice(-5) <= '17:00', own).toBe(true);
  });

  it('offers only colleagues where the hours end for good, and nobody unsuitable', async () => {
    await plant('a', '2026-12-08', '18:00');
    const change: HoursChange = { kind: 'week', therapistId: 'mira', validFrom: '2026-12-07', week: {} };
    const [date] = (await look(change)).stranded;
    expect(date!.places.filter(({ startsAt }) => startsAt >= instantAt('2026-12-07', '00:00')).length).toBeGreaterThan(
      0,
    );
    for (const { startsAt, therapistId } of date!.places)
      if (therapistId === 'mira') expect(startsAt).toBeLessThan(instantAt('2026-12-07', '00:00'));
    const suited = await previewHours(OWNER_VIEWER, change, { now: NOW, listSuited: async () => ['mira'] });
    expect(suited.ok && suited.stranded[0]!.places.every(({ therapistId }) => therapistId === 'mira')).toBe(true);
  });

  it('moves a date to a colleague, but not to one of whom somebody has to be asked first', async () => {
    await plant('a', '2026-12-08', '18:30', { client: 'Kate Moran' });
    const { seen, stranded } = await look(shorter());
    const [{ uid, version, places }] = stranded as [DateWithReplacementTimes];
    const place = places.find(
      ({ therapistId, startsAt }) => therapistId !== 'mira' && startsAt === stranded[0]!.startsAt,
    )!;
    const request = {
      change: shorter(),
      seen,
      decisions: [{ uid, version, choice: 'move' as const, ...placeOf(place) }],
    };
    const only = { now: NOW, listSuited: async () => ['mira'] };
    expect(await saveHours(OWNER_VIEWER, request, only)).toEqual({ ok: false, reason: 'move_taken', uid: 'a' });
    expect(await saveHours(OWNER_VIEWER, request, { now: NOW })).toMatchObject({ ok: true, moved: 1 });
    expect(await rowOf('a')).toMatchObject({ therapistId: place.therapistId, startAt: place.startsAt });
  });

  it('lists the dates stranded by a day off, a shorter day and a day that is no longer open', async () => {
    await write((tx) =>
      tx
        .insert(hoursOverrides)
        .values({ therapistId: 'mira', on: '2026-12-12', hours: [['10:00', '14:00']], timeZone: TIME_ZONE }),
    );
    await plant('tuesday', '2026-12-08', '18:00', { client: 'Kate Moran' });
    await plant('saturday', '2026-12-12', '11:00', { client: 'Dara Flood' });
    const days = { therapistId: 'mira', from: '2026-12-07', until: '2026-12-11' };
    const uids = async (change: HoursChange) => (await look(change)).stranded.map(({ uid }) => uid);
    expect(await uids({ kind: 'days', ...days, hours: [] })).toEqual(['tuesday']);
    expect(await uids({ kind: 'days', ...days, hours: [['17:00', '19:00']] })).toEqual([]);
    expect(await uids({ kind: 'no_days', therapistId: 'mira', from: '2026-12-12', until: '2026-12-12' })).toEqual([
      'saturday',
    ]);
  });

  it('writes nothing when it previews', async () => {
    await plant('a', '2026-12-08', '18:00');
    await look(shorter());
    expect(await (await reader()).select().from(weeklyHoursChanges)).toEqual([]);
  });
});

describe('saving hours', () => {
  it('keeps, moves and cancels dates as chosen, with one e-mail for each that is not kept', async () => {
    await plant('kept', '2026-12-08', '18:00', { client: 'Kate Moran' });
    await plant('moved', '2026-12-09', '19:00', { client: 'Dara Flood' });
    await plant('cancelled', '2026-12-10', '16:00', { client: 'Nia Walsh' });
    const { seen, stranded } = await look(shorter());
    const own = ({ places }: DateWithReplacementTimes) => places.find(({ therapistId }) => therapistId === 'mira')!;
    const decisions = stranded.map((date): DateDecision => {
      const { uid, version } = date;
      if (uid === 'kept') return { uid, version, choice: 'keep' };
      return uid === 'moved'
        ? { uid, version, choice: 'move', ...placeOf(own(date)) }
        : { uid, version, choice: 'cancel' };
    });
    expect(await saveHours(OWNER_VIEWER, { change: shorter(), seen, decisions }, { now: NOW })).toEqual({
      ok: true,
      kept: 1,
      moved: 1,
      cancelled: 1,
    });
    expect((await rowOf('kept')).startAt).toBe(instantAt('2026-12-08', '18:00'));
    expect(await rowOf('moved')).toMatchObject({
      startAt: own(stranded[1]!).startsAt,
      status: 'booked',
      therapistId: 'mira',
    });
    expect(await rowOf('cancelled')).toMatchObject({ status: 'cancelled', cancelledBy: 'practice' });
    const messages = (await mails()).map(({ seriesId }) => seriesId);
    expect(messages).toContain('moved-series');
    expect(messages).toContain('cancelled-series');
    expect(messages).not.toContain('kept-series');
    const { therapists } = await getEffectiveHoursOfTherapists(await reader(), ['mira'], '2026-12-07', '2026-12-14');
    expect(therapists.get('mira')).toEqual({ weeklyHours: SHORTER, overrides: [] });
    expect((await (await reader()).select().from(auditEvents)).map(({ action }) => action)).toContain('hours set');
  });

  it('saves nothing when other dates have been stranded or other hours planned meanwhile', async () => {
    await plant('a', '2026-12-08', '18:00', { client: 'Kate Moran' });
    const first = await look(shorter());
    await plant('b', '2026-12-09', '18:30', { client: 'Dara Flood' });
    const preview = { change: shorter(), seen: first.seen, decisions: first.stranded.map(keepDate) };
    expect(await saveHours(OWNER_VIEWER, preview, { now: NOW })).toEqual({ ok: false, reason: 'changed' });
    const second = await look(shorter());
    expect(second.stranded).toHaveLength(2);
    expect(
      await save({ kind: 'days', therapistId: 'mira', from: '2026-12-24', until: '2026-12-24', hours: [] }),
    ).toMatchObject({ ok: true });
    const again = { change: shorter(), seen: second.seen, decisions: second.stranded.map(keepDate) };
    expect(await saveHours(OWNER_VIEWER, again, { now: NOW })).toEqual({ ok: false, reason: 'changed' });
    expect(await (await reader()).select().from(weeklyHoursChanges)).toEqual([]);
  });

  it('saves nothing when the time of a move was taken meanwhile, or lies outside the new hours', async () => {
    await plant('a', '2026-12-08', '19:00', { client: 'Kate Moran' });
    const { seen, stranded } = await look(shorter());
    const [{ uid, version, places }] = stranded as [DateWithReplacementTimes];
    const place = places.find(({ therapistId }) => therapistId === 'mira')!;
    const tryMove = (startsAt: number) => {
      const decisions: DateDecision[] = [{ uid, version, choice: 'move', startsAt, therapistId: 'mira' }];
      return saveHours(OWNER_VIEWER, { change: shorter(), seen, decisions }, { now: NOW });
    };
    const refused = { ok: false, reason: 'move_taken', uid: 'a' };
    expect(await tryMove(instantAt('2026-12-08', '18:30'))).toEqual(refused);
    const { on, time } = toWallTime(TIME_ZONE, place.startsAt);
    await plant('b', on, time, { client: 'Dara Flood' });
    expect(await tryMove(place.startsAt)).toEqual(refused);
    expect((await rowOf('a')).startAt).toBe(instantAt('2026-12-08', '19:00'));
    expect(await (await reader()).select().from(weeklyHoursChanges)).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  it('removes a planned change, and planned days', async () => {
    await save(shorter());
    await save({ kind: 'week', therapistId: 'mira', validFrom: '2027-02-01', week: {} });
    const days = { therapistId: 'mira', from: '2026-12-24', until: '2026-12-27' };
    await save({ kind: 'days', ...days, hours: [['09:00', '13:00']] });
    const readPlan = async () => (await getEditableHours(OWNER_VIEWER, 'mira', TODAY))!;
    expect((await readPlan()).sets.map(({ validFrom }) => validFrom)).toEqual([
      '0001-01-01',
      '2026-12-07',
      '2027-02-01',
    ]);
    expect((await readPlan()).days.map(({ on }) => on)).toEqual([
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
      '2026-12-27',
    ]);
    await save({ kind: 'no_week', therapistId: 'mira', validFrom: '2026-12-07' });
    await save({ kind: 'no_days', ...days, until: '2026-12-26' });
    expect((await readPlan()).sets.map(({ validFrom }) => validFrom)).toEqual(['0001-01-01', '2027-02-01']);
    expect((await readPlan()).days).toEqual([{ on: '2026-12-27', hours: [['09:00', '13:00']] }]);
  });
});

describe('a repeating break', () => {
  const lunch = (more: Partial<HoursChange & { kind: 'break' }> = {}): HoursChange => ({
    kind: 'break',
    therapistId: 'mira',
    replaces: null,
    name: 'Lunch',
    weekdays: [1, 2, 3],
    from: '14:00',
    until: '14:30',
    validFrom: '2026-12-07',
    validUntil: null,
    ...more,
  });
  const readPlan = async () => (await getEditableHours(OWNER_VIEWER, 'mira', TODAY))!;
  const timesOn = async (on: string) => {
    const found = await listBookableStarts(
      { serviceId: 'swedish', minutes: 60, from: on, days: 1, therapistId: 'mira' },
      NOW,
    );
    if (!found.ok) throw new Error('Nothing was listed.');
    return found.openings.map(({ startsAt }) => toWallTime(TIME_ZONE, startsAt).time);
  };

  it('lists the booked dates that overlap it, and none beside it, before it or after it', async () => {
    await plant('in it', '2026-12-08', '13:45', { client: 'Kate Moran' });
    await plant('beside', '2026-12-08', '12:30', { client: 'Dara Flood' });
    await plant('weeks before', '2026-12-01', '13:45', { client: 'Nia Walsh' });
    await plant('weeks after', '2027-01-05', '13:45', { client: 'Orla Finn' });
    const uids = async (change: HoursChange) => (await look(change)).stranded.map(({ uid }) => uid);
    expect(await uids(lunch())).toEqual(['in it', 'weeks after']);
    expect(await uids(lunch({ validUntil: '2026-12-31' }))).toEqual(['in it']);
    expect(await uids(lunch({ weekdays: [1] }))).toEqual([]);
  });

  it('removes its time from the bookable starts, from its first day to its last', async () => {
    expect(await save(lunch({ validUntil: '2026-12-14' }))).toMatchObject({ ok: true });
    const inIt = async (on: string) => (await timesOn(on)).filter((time) => time > '13:00' && time < '14:30');
    expect(await inIt('2026-12-01')).toEqual(['13:15', '13:30', '13:45', '14:00', '14:15', '14:30'].slice(0, 5));
    expect(await inIt('2026-12-08')).toEqual([]);
    expect(await timesOn('2026-12-08')).toContain('14:30');
    expect(await inIt('2026-12-15')).toHaveLength(5);
  });

  it('is offered in no standing time, and shown to staff as closed', async () => {
    await save(lunch());
    const request = { serviceIds: Array(3).fill('swedish'), minutes: 60, cadence: 'weekly' as const };
    const found = await listStandingTimes({ ...request, from: '2026-12-08' }, NOW);
    if (!found.ok) throw new Error('Nothing was listed.');
    const times = found.standingTimes
      .filter(({ therapistId, firstOn }) => therapistId === 'mira' && firstOn === '2026-12-08')
      .map(({ time }) => time);
    expect(times).toContain('14:30');
    expect(times).not.toContain('13:45');
    const plan = await listPlanDates(
      { ...request, from: '2026-12-08', firstOn: '2026-12-08', time: '13:45', therapistId: 'mira', isForStaff: true },
      NOW,
    );
    expect(plan.ok && plan.dates.map(({ reason }) => reason)).toEqual(['closed', 'closed', 'closed']);
  });

  it('still applies under other weekly hours, but not on a day with hours of its own', async () => {
    await save(lunch());
    await save({ kind: 'week', therapistId: 'mira', validFrom: '2026-12-14', week: { 2: [['10:00', '18:00']] } });
    await save({
      kind: 'days',
      therapistId: 'mira',
      from: '2026-12-09',
      until: '2026-12-09',
      hours: [['13:00', '16:00']],
    });
    const { therapists } = await getEffectiveHoursOfTherapists(await reader(), ['mira'], '2026-12-15', '2026-12-16');
    expect(therapists.get('mira')!.weeklyHours).toEqual({
      2: [
        ['10:00', '14:00'],
        ['14:30', '18:00'],
      ],
    });
    expect(await timesOn('2026-12-09')).toContain('14:00');
  });

  it('can be changed or ended from a day on: earlier days stay as they were', async () => {
    await save(lunch());
    const [first] = (await readPlan()).breaks;
    await save(lunch({ replaces: first!.id, from: '15:00', until: '15:30', validFrom: '2027-01-04' }));
    const [old, next] = (await readPlan()).breaks;
    expect(old).toEqual({ ...first, validUntil: '2027-01-03' });
    expect(next).toMatchObject({ from: '15:00', validFrom: '2027-01-04', validUntil: null });
    await save({ kind: 'no_break', therapistId: 'mira', breakId: next!.id, from: '2027-01-04' });
    expect((await readPlan()).breaks).toEqual([old]);
    await save({ kind: 'no_break', therapistId: 'mira', breakId: old!.id, from: '2026-12-21' });
    expect((await readPlan()).breaks).toEqual([{ ...old, validUntil: '2026-12-20' }]);
  });

  it('reports when a change makes no difference, and saves nothing when the plan has changed since it was seen', async () => {
    const { seen } = await look(lunch());
    await save(lunch());
    expect(await look(lunch({ validFrom: '2026-12-14' }))).toMatchObject({ isSame: true });
    const late = await saveHours(
      OWNER_VIEWER,
      { change: lunch({ name: 'Meeting' }), seen, decisions: [] },
      { now: NOW },
    );
    expect(late).toEqual({ ok: false, reason: 'changed' });
  });

  it('is refused with the invalid field', async () => {
    const pathOf = async (change: unknown) => {
      const found = await previewHours(OWNER_VIEWER, change, { now: NOW });
      return !found.ok && found.reason === 'invalid' ? found.issues[0]!.path.join('.') : found;
    };
    expect(await pathOf(lunch({ weekdays: [] }))).toBe('weekdays');
    expect(await pathOf({ ...lunch(), weekdays: [7] })).toMatch(/^weekdays/);
    expect(await pathOf(lunch({ from: '14:30', until: '14:00' }))).toBe('until');
    expect(await pathOf(lunch({ from: '14:02' }))).toBe('from');
    expect(await pathOf(lunch({ name: '  ' }))).toBe('name');
    expect(await pathOf(lunch({ name: 'a\u0000b' }))).toBe('name');
    expect(await pathOf(lunch({ validFrom: '2026-11-01' }))).toBe('validFrom');
    expect(await pathOf(lunch({ validUntil: '2026-12-01' }))).toBe('validUntil');
    expect(await pathOf({ kind: 'no_break', therapistId: 'mira', breakId: '', from: '2026-12-07' })).toBe('breakId');
    for (let n = 0; n < 12; n++) await save(lunch({ name: `Break ${n}` }));
    expect(await pathOf(lunch({ name: 'One too many' }))).toBe('name');
  });

  it('cannot be set by another therapist', async () => {
    expect(await previewHours(therapistViewer('tom'), lunch(), { now: NOW })).toEqual({
      ok: false,
      reason: 'not_found',
    });
    await save(lunch());
    const [{ id } = { id: '' }] = (await readPlan()).breaks;
    const ending = { kind: 'no_break', therapistId: 'tom', breakId: id, from: '2026-12-07' };
    expect(await previewHours(therapistViewer('tom'), ending, { now: NOW })).toMatchObject({ ok: true, isSame: true });
  });
});

describe('permission to set hours', () => {
  it('lets a therapist set their own hours and nobody else’s', async () => {
    const change = shorter();
    expect(await previewHours(therapistViewer('mira'), change, { now: NOW })).toMatchObject({ ok: true });
    const refused = { ok: false, reason: 'not_found' };
    expect(await previewHours(therapistViewer('tom'), change, { now: NOW })).toEqual(refused);
    const { seen } = await look(change);
    expect(await saveHours(therapistViewer('tom'), { change, seen, decisions: [] }, { now: NOW })).toEqual(refused);
    expect(await getEditableHours(therapistViewer('tom'), 'mira', TODAY)).toBeNull();
    expect(await getEditableHours(OWNER_VIEWER, 'nobody', TODAY)).toBeNull();
  });
});

describe('an invalid change', () => {
  const week = (ranges: unknown) => ({
    kind: 'week',
    therapistId: 'mira',
    validFrom: '2026-12-07',
    week: { 1: ranges },
  });
  it.each([
    ['a past day', { ...shorter('2026-11-22') }, ['validFrom']],
    ['a day far ahead', { ...shorter('2036-11-22') }, ['validFrom']],
    ['hours that end before they begin', week([['17:00', '09:00']]), ['week', '1']],
    [
      'hours that overlap',
      week([
        ['09:00', '12:00'],
        ['11:55', '17:00'],
      ]),
      ['week', '1'],
    ],
    ['a time off the five minutes', week([['09:02', '12:00']]), ['week', '1', 0, 0]],
    ['a time after the day', week([['09:00', '24:05']]), ['week', '1', 0, 1]],
    ['five hours of one day', week(['08', '10', '12', '14', '16'].map((h) => [`${h}:00`, `${h}:30`])), ['week', '1']],
    [
      'days that end before they begin',
      { kind: 'days', therapistId: 'mira', from: '2026-12-08', until: '2026-12-07', hours: [] },
      ['until'],
    ],
    [
      'a hundred days',
      { kind: 'days', therapistId: 'mira', from: '2026-12-08', until: '2027-03-18', hours: [] },
      ['until'],
    ],
  ])('is %s', async (_, change, path) => {
    const found = await previewHours(OWNER_VIEWER, change, { now: NOW });
    expect(found).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path }] });
  });

  it('does not include midnight at the end of a day, nor two adjacent ranges, which are joined', async () => {
    const ranges = [
      ['18:00', '24:00'],
      ['09:00', '18:00'],
    ] as WallRange[];
    await save({ kind: 'week', therapistId: 'mira', validFrom: TODAY, week: { 5: ranges } });
    const { sets } = (await getEditableHours(OWNER_VIEWER, 'mira', TODAY))!;
    expect(sets.at(-1)).toEqual({ validFrom: TODAY, week: { 5: [['09:00', '24:00']] } });
  });
});

describe('random changes of hours', () => {
  const TIMES = ['00:00', '09:00', '12:00', '13:00', '15:30', '16:00', '18:00', '19:00', '20:00', '24:00'];
  const hours = fc
    .subarray(TIMES, { maxLength: 8 })
    .map((times) =>
      times.flatMap((from, k): WallRange[] => (k % 2 === 0 && times[k + 1] ? [[from, times[k + 1]!]] : [])),
    );
  const days = fc.integer({ min: 0, max: 20 }).map((n) => addDays('2026-12-01', n));
  const weekdays = fc.uniqueArray(fc.constantFrom<Weekday>(0, 1, 2, 3, 4, 5, 6), { minLength: 1 });
  const length = fc.option(fc.integer({ min: 0, max: 15 }));
  const change: fc.Arbitrary<HoursChange> = fc.oneof(
    fc.record({
      kind: fc.constant('week' as const),
      therapistId: fc.constant('mira'),
      validFrom: days,
      week: fc
        .array(hours, { minLength: 7, maxLength: 7 })
        .map((list): WeeklyHours => Object.fromEntries(list.entries())),
    }),
    fc.record({ kind: fc.constant('no_week' as const), therapistId: fc.constant('mira'), validFrom: days }),
    fc.record({ on: days, length: fc.integer({ min: 0, max: 3 }), hours }).map(({ on, length, hours }) => {
      return { kind: 'days' as const, therapistId: 'mira', from: on, until: addDays(on, length), hours };
    }),
    days.map((on) => ({ kind: 'no_days' as const, therapistId: 'mira', from: on, until: addDays(on, 2) })),
    fc
      .record({ times: fc.subarray(TIMES, { minLength: 2, maxLength: 2 }), on: days, weekdays, length })
      .map(({ times: [from = '', until = ''], on, weekdays, length }) => ({
        ...{ kind: 'break' as const, therapistId: 'mira', replaces: null, name: 'Lunch', weekdays, from, until },
        ...{ validFrom: on, validUntil: length === null ? null : addDays(on, length) },
      })),
  );
  const booked = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 0, max: 22 }),
      time: fc.constantFrom('09:00', '12:30', '14:30', '17:00', '18:45', '22:30'),
    }),
    { selector: ({ day, time }) => `${day} ${time}`, maxLength: 8 },
  );

  /** Whether every minute of [start, start + 60) lies in the hours that the database holds for its day. */
  async function isOpen(on: string, time: string): Promise<boolean> {
    const { therapists } = await getEffectiveHoursOfTherapists(await reader(), ['mira'], on, addDays(on, 1));
    const { weeklyHours, overrides: special } = therapists.get('mira')!;
    const ranges = special.find((day) => day.on === on)?.hours ?? weeklyHours[weekdayOf(on)] ?? [];
    const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
    return Array.from({ length: 60 }, (_, k) => minute(time) + k).every((at) =>
      ranges.some(([from, until]) => minute(from) <= at && at < minute(until)),
    );
  }

  it('never strand a booked date without listing it, and list no other', async () => {
    await write((tx) => tx.insert(holidays).values({ on: '2026-12-08', name: 'Feast' }));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(booked, fc.array(change, { minLength: 1, maxLength: 4 }), async (dates, changes) => {
        run++;
        const planted = dates.map(({ day, time }, k) => ({ id: `r${run}-${k}`, on: addDays('2026-12-01', day), time }));
        await write(async (tx) => {
          for (const { id, on, time } of planted)
            await insertTestAppointment(tx, { id, on, time, therapistId: 'mira' });
        });
        for (const request of changes) {
          const { seen, stranded } = await look(request);
          const wasOpen = await Promise.all(planted.map(({ on, time }) => isOpen(on, time)));
          const decisions = stranded.map(keepDate);
          expect(await saveHours(OWNER_VIEWER, { change: request, seen, decisions }, { now: NOW })).toMatchObject({
            ok: true,
          });
          const isStillOpen = await Promise.all(planted.map(({ on, time }) => isOpen(on, time)));
          const expected = planted.filter((_, k) => wasOpen[k] && !isStillOpen[k]).map(({ id }) => id);
          expect(stranded.map(({ uid }) => uid).sort()).toEqual(expected.sort());
        }
        expect(await audit()).toEqual([]);
        await write(async (tx) => {
          await tx.delete(repeatingBreaks);
          for (const { id } of planted) {
            await tx.delete(claims).where(eq(claims.owner, computeOwnerNumber({ kind: 'appointment', ownerUid: id })));
            await tx.delete(appointments).where(eq(appointments.id, id));
            await tx.delete(series).where(eq(series.id, `${id}-series`));
          }
        });
      }),
      { numRuns: getPropertyTestRuns(25) },
    );
    // A busy machine needs more time.
  }, 120_000);
});

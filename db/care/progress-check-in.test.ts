import { eq, ne } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getSeries } from '@/db/appointments/series';
import { audit } from '@/db/audit';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { extendSeries } from '@/db/booking/extend-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { insertDemoPractice, PRACTICE } from '@/db/demo/demo-practice';
import { auditEvents, claims, progressCheckIns, scoreMailOptOuts, therapists } from '@/db/schema';
import { deleteAllRows, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { addDays, daysBetween } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc from '@/testing/property-tests';
import {
  applyProgressCheckInChoice,
  getProgressCheckIn,
  type ProgressCheckInRequest,
  type ProgressCheckInResult,
} from './progress-check-in';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';

const db = setUpTestDatabase({ now: NOW });
const DAY = 86_400_000;
/** Two days after the fourth of Ana's Tuesdays. */
const AFTER_FOUR = instantAt('2026-12-24', '18:00');
const BEN = { name: 'Ben Byrne', email: 'ben@example.org' };

async function book(count = 8, firstOn = '2026-12-01', other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants(firstOn, '18:00', count), other),
    { now: NOW },
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return {
    link: { role: 'link', seriesId: booked.seriesId } as const,
    uids: booked.appointments.map(({ uid }) => uid),
  };
}
type Link = Awaited<ReturnType<typeof book>>['link'];
const view = async (link: Link) => (await getSeries(link, link.seriesId))!;
async function upcoming(link: Link, now = AFTER_FOUR) {
  const { appointments } = await view(link);
  return appointments
    .filter(({ status, startsAt }) => status === 'booked' && startsAt > now)
    .map(({ startsAt, therapist, service }) => {
      const { on, time } = toWallTime(PRACTICE.timeZone, startsAt);
      return `${on} ${time} ${therapist.id} ${service.id}`;
    });
}
async function choose(
  link: Link,
  choice: ProgressCheckInRequest['choice'],
  now = AFTER_FOUR,
  more: Partial<ProgressCheckInRequest> = {},
) {
  const seen = await getProgressCheckIn(link, { now });
  if (!seen) return { ok: false, reason: 'not_now' } as ProgressCheckInResult;
  return applyProgressCheckInChoice(
    link,
    {
      choice,
      version: seen.version,
      repairs: seen.spaced?.repairs ?? [],
      ...(seen.pause && { pause: { until: seen.pause.until, count: seen.pause.startsAt.length } }),
      ...more,
    },
    { now },
  );
}
const tuesdays = (from: string, count: number, step = 7, service = 'swedish', who = 'mira') =>
  Array.from({ length: count }, (_, k) => `${addDays(from, step * k)} 18:00 ${who} ${service}`);

async function sayPregnant(link: Link) {
  const none = { yes: [], unsure: [], none: true, about: {} };
  const consent = { treated: true, healthKept: true, writtenTo: false };
  const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
  const screens: IntakeScreenValues[] = [
    { screen: 'agree', ...consent, ...adult },
    ...(['now', 'lately'] as const).map((screen) => ({ screen, ...none })),
    { screen: 'health', ...none, yes: ['pregnant'], none: false },
  ];
  for (const values of screens)
    expect(await saveIntakeScreen(link, values, { now: AFTER_FOUR })).toMatchObject({ ok: true });
}

describe('the check-in after four sessions', () => {
  it('offers five options, with the effect of each, and not earlier', async () => {
    const { link } = await book();
    expect(await getProgressCheckIn(link, { now: instantAt('2026-12-22', '18:30') })).toBeNull();
    expect(await applyProgressCheckInChoice(link, { choice: 'stop', version: 1 }, { now: NOW })).toEqual({
      ok: false,
      reason: 'not_now',
    });
    const seen = await getProgressCheckIn(link, { now: AFTER_FOUR });
    expect(seen).toMatchObject({
      sessionsOver: 4,
      freed: 4,
      pause: {
        startsAt: [instantAt('2026-12-29', '18:00'), instantAt('2027-01-05', '18:00')],
        until: instantAt('2027-01-12', '00:00'),
        backAt: instantAt('2027-01-12', '18:00'),
      },
      chosen: null,
    });
    expect(seen?.spaced?.dates.map(({ startsAt }) => startsAt && toWallTime(PRACTICE.timeZone, startsAt).on)).toEqual([
      '2027-01-05',
      '2027-01-19',
      '2027-02-02',
      '2027-02-16',
    ]);
    expect(seen?.changes.map(({ serviceId, therapistId }) => `${serviceId} ${therapistId}`)).toContain('sports mira');
    expect(await getProgressCheckIn({ role: 'link', seriesId: 'nobody' }, { now: AFTER_FOUR })).toBeNull();
  });

  it('changes nothing for "continue", except that the choice is recorded', async () => {
    const { link } = await book();
    const before = await upcoming(link);
    expect(await choose(link, 'continue')).toEqual({ ok: true });
    expect(await upcoming(link)).toEqual(before);
    expect((await getProgressCheckIn(link, { now: AFTER_FOUR }))?.chosen).toEqual({
      choice: 'continue',
      at: AFTER_FOUR,
    });
    const events = await db.connection().reader.select().from(auditEvents).where(eq(auditEvents.action, 'checked in'));
    expect(events.map(({ facts }) => facts)).toEqual([{ choice: 'continue', sessions: 4 }]);
  });

  it('gives up two weeks for a pause, and keeps the time', async () => {
    const { link } = await book();
    expect(await choose(link, 'pause')).toEqual({ ok: true });
    expect(await upcoming(link)).toEqual(tuesdays('2027-01-12', 2));
  });

  it('counts the two weeks of a pause from the first date that it cancels, and cancels no other than was shown', async () => {
    const { link } = await book();
    const tooLate = instantAt('2026-12-29', '12:00');
    const shown = (await getProgressCheckIn(link, { now: AFTER_FOUR }))!.pause!;
    const pause = { until: shown.until, count: shown.startsAt.length };
    const conflict = { ok: false, reason: 'conflict' };
    expect(await choose(link, 'pause', tooLate, { pause })).toEqual(conflict);
    expect(await choose(link, 'pause', AFTER_FOUR, { pause: { ...pause, count: 1 } })).toEqual(conflict);
    expect(await choose(link, 'pause', tooLate)).toEqual({ ok: true });
    expect(await upcoming(link)).toEqual([...tuesdays('2026-12-29', 1), ...tuesdays('2027-01-19', 1)]);
    expect(await choose(link, 'stop', tooLate)).toEqual({ ok: true });
    expect(await choose(link, 'pause', tooLate, { pause })).toEqual({ ok: false, reason: 'nothing_left' });
  });

  it('cancels the remaining dates for "stop", and asks nothing more', async () => {
    const { link } = await book();
    expect(await choose(link, 'stop')).toEqual({ ok: true });
    expect(await upcoming(link)).toEqual([]);
    expect(await db.connection().reader.select().from(scoreMailOptOuts)).toHaveLength(1);
    expect(await db.connection().reader.select().from(claims)).toHaveLength(4 * 2 * 15);
  });

  it('spaces dates 2 weeks apart, and adds more in that rhythm', async () => {
    const { link } = await book();
    expect(await choose(link, 'space_out')).toEqual({ ok: true });
    expect(await upcoming(link)).toEqual(tuesdays('2027-01-05', 4, 14));
    expect(await view(link)).toMatchObject({ cadence: 'biweekly', time: '18:00' });
    expect((await view(link)).appointments.every(({ isMoved, movesByClient }) => !isMoved && movesByClient === 0)).toBe(
      true,
    );
    expect((await getProgressCheckIn(link, { now: AFTER_FOUR }))?.spaced).toBeNull();
    expect(await choose(link, 'space_out')).toEqual({ ok: false, reason: 'not_weekly' });
    expect(await extendSeries(link, { seriesId: link.seriesId, sessions: 1 }, { now: AFTER_FOUR })).toMatchObject({
      dates: [{ startsAt: instantAt('2027-03-02', '18:00') }],
    });
  });

  it('spaces dates around other bookings, as it showed', async () => {
    const { link } = await book();
    await book(1, '2027-02-02', { client: BEN });
    const seen = await getProgressCheckIn(link, { now: AFTER_FOUR });
    const [, , third] = seen!.spaced!.dates;
    expect(third).toMatchObject({ clash: 'booked' });
    expect(third?.startsAt).not.toBe(instantAt('2027-02-02', '18:00'));
    expect(await choose(link, 'space_out')).toEqual({ ok: true });
    const starts = (await view(link)).appointments
      .filter(({ position }) => position > 4)
      .map(({ startsAt }) => startsAt);
    expect(starts).toEqual(seen!.spaced!.dates.map(({ startsAt }) => startsAt));
  });

  it('spaces dates only with trained therapists, where the client needs one', async () => {
    const { link } = await book();
    await db.write((tx) => insertTestTimeOff(tx, 'mira', ['2027-01-28', '00:00'], ['2027-02-08', '00:00']));
    const withWhom = async () => {
      const seen = await getProgressCheckIn(link, { now: AFTER_FOUR });
      return seen?.spaced?.dates.flatMap(({ startsAt, therapistId }) => (startsAt === null ? [] : [therapistId]));
    };
    const before = await withWhom();
    expect(before).toHaveLength(4);
    expect(new Set(before).size).toBe(2);
    await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: false }).where(ne(therapists.id, 'mira')));
    await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'mira')));
    await sayPregnant(link);
    expect(await withWhom()).toEqual(['mira', 'mira', 'mira']);
    expect(await choose(link, 'space_out')).toEqual({ ok: true });
  });

  it('does nothing if a time was taken since, or the plan has changed', async () => {
    const { link, uids } = await book();
    const seen = (await getProgressCheckIn(link, { now: AFTER_FOUR }))!;
    const request = { choice: 'space_out', version: seen.version, repairs: [] as [] } as const;
    await book(1, '2027-02-02', { client: BEN });
    const before = await upcoming(link);
    expect(await applyProgressCheckInChoice(link, request, { now: AFTER_FOUR })).toEqual({
      ok: false,
      reason: 'taken',
    });
    await cancelAppointments(link, { uid: uids[6]!, scope: 'this' }, { now: AFTER_FOUR });
    for (const choice of ['continue', 'pause', 'stop', 'space_out', 'change'] as const)
      expect(await applyProgressCheckInChoice(link, { ...request, choice }, { now: AFTER_FOUR })).toEqual({
        ok: false,
        reason: 'conflict',
      });
    expect(await upcoming(link)).toEqual(before.filter((_, n) => n !== 2));
    expect(await db.connection().reader.select().from(progressCheckIns)).toEqual([]);
  });

  it('changes the massage of the remaining dates, at its own price, or the therapist', async () => {
    const { link } = await book();
    expect(await choose(link, 'change', AFTER_FOUR, { serviceId: 'sports', therapistId: 'mira' })).toEqual({
      ok: true,
    });
    expect(await upcoming(link)).toEqual(tuesdays('2026-12-29', 4, 7, 'sports'));
    const after = await view(link);
    const offered = (await getProgressCheckIn(link, { now: AFTER_FOUR }))!.changes;
    expect(offered.find(({ serviceId }) => serviceId === 'swedish')?.priceCents).toBe(
      after.appointments[0]!.priceCents,
    );
    expect(after.appointments[5]!.priceCents).toBeGreaterThan(after.appointments[0]!.priceCents);
    expect(await choose(link, 'change', AFTER_FOUR, { serviceId: 'nothing', therapistId: 'mira' })).toMatchObject({
      ok: false,
    });
  });

  it('hands all remaining dates to a colleague, or none', async () => {
    const { link } = await book(8, '2026-12-02', {});
    const now = AFTER_FOUR + DAY;
    const other = { serviceId: 'swedish', therapistId: 'jun' };
    expect(await choose(link, 'change', now, other)).toEqual({ ok: true });
    expect(await view(link)).toMatchObject({ therapist: { id: 'jun' } });
    expect(await upcoming(link, now)).toEqual(tuesdays('2026-12-30', 4, 7, 'swedish', 'jun'));
  });
});

const action = fc.oneof(
  fc.record({ do: fc.constantFrom('pause', 'space_out', 'stop', 'continue', 'change'), wait: fc.nat(9) }),
  fc.record({ do: fc.constant('skip'), wait: fc.nat(9), which: fc.nat(7) }),
  fc.record({
    do: fc.constant('move'),
    wait: fc.nat(9),
    which: fc.nat(7),
    days: fc.integer({ min: 1, max: 20 }),
    isAll: fc.boolean(),
  }),
  fc.record({ do: fc.constant('other'), wait: fc.nat(9), which: fc.integer({ min: 1, max: 10 }) }),
);

type Dates = Awaited<ReturnType<typeof view>>['appointments'];
const datesOf = (dates: Dates) =>
  dates
    .filter(({ status }) => status === 'booked')
    .map(({ uid, startsAt, therapist, service }) => `${uid} ${startsAt} ${therapist.id} ${service.id}`);

/** Dates every 2 weeks share a weekday and a time, except for those that were repaired. */
async function expectSpaced(link: Link, now: number) {
  const { appointments, cadence, time } = await view(link);
  if (cadence !== 'biweekly') return;
  const walls = appointments
    .filter(({ status, startsAt, isMoved }) => status === 'booked' && startsAt > now + DAY && !isMoved)
    .map(({ startsAt }) => toWallTime(PRACTICE.timeZone, startsAt));
  const far = walls.filter((wall) => wall.time === time);
  for (const [n, { on }] of far.entries()) if (n > 0) expect(daysBetween(far[n - 1]!.on, on) % 7).toBe(0);
}

describe('any order of pause, space out, stop, move and skip', () => {
  it('leaves the claims correct, and the client’s regular time reserved', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 6 }), async (actions) => {
        await db.write(async (tx) => {
          await deleteAllRows(tx);
          await insertDemoPractice(tx, NOW);
        });
        const { link } = await book(8, '2026-12-01', {
          client: { name: `Ana ${++run}`, email: `ana.${run}@example.org` },
          therapistId: 'mira',
        });
        let now = AFTER_FOUR;
        for (const step of actions) {
          now += step.wait * DAY;
          const { appointments, time } = await view(link);
          const remaining = appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
          const named = 'which' in step ? remaining[step.which % Math.max(1, remaining.length)] : undefined;
          if (step.do === 'skip' && named) await cancelAppointments(link, { uid: named.uid, scope: 'this' }, { now });
          else if (step.do === 'move' && named && 'days' in step) {
            const { on } = toWallTime(PRACTICE.timeZone, named.startsAt);
            const scope = step.isAll ? 'following' : 'this';
            await moveAppointments(
              link,
              { uid: named.uid, startsAt: instantAt(addDays(on, step.days), '17:00'), scope },
              { now },
            );
          } else if (step.do === 'other' && 'which' in step) {
            const on = addDays('2026-12-29', 7 * step.which);
            const request = makeSeriesRequest(instantAt(on, time), {
              client: { name: `Ben ${run}`, email: `ben.${run}@example.org` },
            });
            await bookSeries(ANONYMOUS_VIEWER, request, { now });
          } else if (!('which' in step))
            await choose(link, step.do as ProgressCheckInRequest['choice'], now, {
              serviceId: 'sports',
              therapistId: 'mira',
            });
          expect(await audit({ now })).toEqual([]);
          const [before, after] = [datesOf(appointments), datesOf((await view(link)).appointments)];
          // Dates that stay have the same time, therapist and massage; they can only become fewer.
          if (['pause', 'skip', 'continue', 'other', 'stop'].includes(step.do))
            expect(before).toEqual(expect.arrayContaining(after));
          if (step.do === 'continue' || step.do === 'other') expect(after).toEqual(before);
          if (step.do === 'space_out') await expectSpaced(link, now);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

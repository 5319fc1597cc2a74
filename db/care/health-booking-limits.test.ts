import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { listServicesBookableOnline } from '@/db/practice/services';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import {
  describeHealthLimits,
  filterServicesByHealthLimits,
  findHealthBookingLimits,
  findHealthLimitsOfPlans,
  mergeHealthLimits,
} from './health-booking-limits';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';

setUpTestDatabase({ now: NOW });

const clock = { now: NOW };

async function book(yes: string[], time = '18:00') {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', time, 2), {
    serviceId: 'swedish',
    therapistId: 'any',
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, clock);
  if (!booked.ok) throw new Error(booked.reason);
  const link = { role: 'link', seriesId: booked.seriesId } as const;
  const none = { yes: [], unsure: [], none: true, about: {} };
  const screens: IntakeScreenValues[] = [
    {
      ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
      ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
    },
    { screen: 'now', ...none },
    { screen: 'lately', ...none },
    { screen: 'health', yes, unsure: [], none: yes.length === 0, about: {} },
    { screen: 'hopes', hopes: 'Rest', touch: false, aboutTouch: '', own: {} },
  ];
  for (const values of screens) expect(await saveIntakeScreen(link, values, clock)).toMatchObject({ ok: true });
  return link;
}

describe('a client who books again by their own link', () => {
  it('is offered everything if no answer speaks against it', async () => {
    expect(await findHealthBookingLimits(await book([]), clock)).toBeNull();
  });

  it('is not offered the firmest massage with blood thinners, and reads why', async () => {
    const limits = await findHealthBookingLimits(await book(['thinner']), clock);
    const offered = filterServicesByHealthLimits(await listServicesBookableOnline(), limits!);
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.map(({ id }) => id)).not.toContain('deep-tissue');
    expect(offered.every(({ pressure }) => pressure < 3)).toBe(true);
    expect(await describeHealthLimits(limits!)).toEqual([
      { names: ['Deep tissue'], why: expect.stringContaining('deep tissue massage is not offered') },
    ]);
  });

  it('is offered only trained therapists when pregnant', async () => {
    const limits = await findHealthBookingLimits(await book(['pregnant']), clock);
    const offered = filterServicesByHealthLimits(await listServicesBookableOnline(), limits!);
    expect(new Set(offered.flatMap(({ therapists }) => therapists))).toEqual(new Set(['mira']));
    expect(await describeHealthLimits(limits!)).toEqual([
      { names: [], why: expect.stringContaining('trained for it') },
    ]);
  });

  it('is offered nothing that any of their plans rules out, in whatever order the plans are', async () => {
    const plans = [await book(['pregnant'], '14:00'), await book(['thinner'], '16:00'), await book([])];
    for (const viewers of [plans, [...plans].reverse()]) {
      const limits = await findHealthLimitsOfPlans(viewers, clock);
      expect(limits?.held.map(({ serviceId }) => serviceId)).toEqual(['deep-tissue']);
      expect(limits?.trained?.therapistIds).toEqual(['mira']);
    }
    expect(await findHealthLimitsOfPlans([plans[2]!], clock)).toBeNull();
    expect(await findHealthLimitsOfPlans([], clock)).toBeNull();
  });

  it('is offered only therapists whom all their plans allow', async () => {
    const only = (...therapistIds: string[]) => ({ held: [], trained: { therapistIds, isPregnancyStated: true } });
    expect(mergeHealthLimits([only('mira', 'jun'), null, only('jun', 'tom')])).toEqual(only('jun'));
    expect(mergeHealthLimits([null, only('mira')])).toEqual(only('mira'));
    expect(mergeHealthLimits([null])).toBeNull();
  });
});

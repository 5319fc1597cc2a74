import { describe, expect, it } from 'vitest';
import type { BookingOptions, OfferedService } from './booking-choice';
import { bookingHref } from './booking-url';
import { describePlan, formatLowestTotalCost, formatSecondMassage } from './booking-wording';
import { computeBookingTotals } from './dates/booking-totals';
import { buildBookingRequest, listDatesBeforeRepairs } from './dates/build-booking-request';
import { buildDateRows } from './dates/date-rows';
import { parseBookingChoice } from './parse-booking-choice';
import { buildShortPlanHref, expandShortParams } from './short-booking-url';
import { buildBesideQuery, canComeAsTwo, getSecondPlan, listMassagesBeside } from './side-by-side';

const money = { currency: 'EUR', locale: 'en-IE' };
const service = (id: string, name: string, change: Partial<OfferedService> = {}): OfferedService => ({
  ...{ id, name, pressure: 1, therapists: ['mira', 'tom'], rooms: ['garden', 'street'] },
  lengths: [30, 60, 90].map((minutes) => ({ minutes, priceCents: minutes * 100 })),
  ...change,
});
const offer: BookingOptions = {
  services: [
    service('swedish', 'Swedish', { therapists: ['mira', 'jun'] }),
    service('sports', 'Sports', {
      therapists: ['mira', 'tom'],
      lengths: [
        { minutes: 45, priceCents: 5000 },
        { minutes: 60, priceCents: 7400 },
      ],
    }),
    service('hot-stones', 'Hot stones', { therapists: ['mira'], rooms: ['garden'] }),
    service('clay', 'Clay', { therapists: ['tom'], rooms: ['garden'] }),
  ],
  therapists: ['mira', 'tom', 'jun'].map((id) => ({ id, name: id })),
  maxSessions: 26,
  today: '2026-11-23',
  windowDays: 400,
};
const read = (query: string) =>
  parseBookingChoice(Object.fromEntries(new URLSearchParams(`people=2&sessions=2&${query}`)), offer);

describe('what a second person can have', () => {
  it('needs two therapists and two rooms, one for each of the massages', () => {
    expect(canComeAsTwo(['swedish'], offer)).toBe(true);
    expect(canComeAsTwo(['hot-stones'], offer)).toBe(false);
    expect(canComeAsTwo(['hot-stones'], offer, ['sports'])).toBe(true);
    // Both need the garden room.
    expect(canComeAsTwo(['hot-stones'], offer, ['clay'])).toBe(false);
    expect(listMassagesBeside(['swedish', 'swedish'], offer).map(({ id }) => id)).toEqual([
      'sports',
      'hot-stones',
      'clay',
    ]);
    expect(listMassagesBeside(['hot-stones'], offer).map(({ id }) => id)).toEqual(['swedish', 'sports']);
  });

  it('is the same as the first person until something else is chosen', () => {
    expect(read('type=swedish')).toMatchObject({ isForTwo: true, second: { serviceId: null, minutes: null } });
    expect(buildBesideQuery(read('type=swedish&minutes=60'))).toEqual({});
    expect(read('type=swedish&other=swedish').second).toEqual({ serviceId: null, minutes: null });
    expect(read('type=swedish&other=sports&minutes=60')).toMatchObject({
      second: { serviceId: 'sports', minutes: null },
    });
    expect(read('type=swedish&minutes=60&otherMinutes=30').second).toEqual({ serviceId: null, minutes: 30 });
    expect(parseBookingChoice({ type: 'swedish', other: 'sports' }, offer)).toMatchObject({
      isForTwo: false,
      second: null,
    });
  });

  it('is another massage where the same cannot be given twice at once', () => {
    expect(read('type=hot-stones')).toMatchObject({ isForTwo: true, second: { serviceId: 'swedish' } });
    expect(read('type=hot-stones&other=clay').second).toMatchObject({ serviceId: 'swedish' });
    const alone = { ...offer, services: offer.services.slice(2, 3) };
    expect(parseBookingChoice({ type: 'hot-stones', people: '2' }, alone).isForTwo).toBe(false);
  });

  it('has a length in which it is offered', () => {
    expect(getSecondPlan(read('type=swedish&minutes=90&other=sports&otherMinutes=30'))).toEqual({
      ladder: ['sports', 'sports'],
      minutes: 60,
    });
    expect(getSecondPlan(read('type=swedish&minutes=90&other=sports&otherMinutes=45')).minutes).toBe(45);
    expect(getSecondPlan(read('type=swedish&minutes=90')).minutes).toBe(90);
  });

  it('is given by a therapist who offers it, and is part of the address', () => {
    const place = 'on=2026-12-01&time=18:00&step=you';
    const choice = read(`type=swedish&minutes=60&other=sports&otherMinutes=45&${place}&with=jun,tom`);
    expect(choice).toMatchObject({ step: 'you', standing: { therapistId: 'jun', besideId: 'tom' } });
    expect(read(`type=swedish&minutes=60&other=sports&${place}&with=tom,jun`).standing).toBeNull();
    const again = new URLSearchParams(bookingHref(choice, 'you').split('?')[1]);
    expect(parseBookingChoice(Object.fromEntries(again), offer)).toEqual(choice);
    const short = new URLSearchParams(buildShortPlanHref(choice).slice(1));
    expect(parseBookingChoice(expandShortParams(Object.fromEntries(short)), offer).second).toEqual(choice.second);
  });
});

describe('two massages at one time, in words and sums', () => {
  const choice = read(
    'type=swedish&minutes=60&other=sports&otherMinutes=45&on=2026-12-01&time=18:00&with=mira,tom&step=you',
  );
  it('name what the second person has, where it differs', () => {
    expect(describePlan(choice, offer.services, money)).toBe(
      'Two sessions of 60 minutes, every week for two, side by side: Swedish every time. The second person has sports, 45 minutes. €220 in total, paid visit by visit.',
    );
    expect(describePlan(read('type=swedish&minutes=60&cadence=once&otherMinutes=30'), offer.services, money)).toBe(
      'One session of 60 minutes for two, side by side, Swedish. The second person has Swedish, 30 minutes. €90, paid at the visit.',
    );
    expect(formatSecondMassage(read('type=swedish'), offer.services)).toBeNull();
  });

  it('cost the lowest sum of two therapists, each for their own massage', () => {
    const dear = [{ therapistId: 'mira', minutes: 60, priceCents: 9000 }];
    const services = offer.services.map((massage) =>
      massage.id === 'swedish' ? { ...massage, ownPrices: dear } : massage,
    );
    expect(formatLowestTotalCost(choice, { services }, money)).toBe('from €220');
    expect(formatLowestTotalCost({ ...choice, therapistId: 'mira' }, { services }, money)).toBe('€280');
  });

  it('are in the rows, the price and the request, and the longer one limits when the next date may begin', () => {
    const timeZone = 'Europe/Dublin';
    const longer = read('type=swedish&minutes=60&otherMinutes=90&on=2026-12-01&time=18:00&with=mira,jun&step=you');
    const rowsOf = (plan: typeof choice, alternative?: number) =>
      buildDateRows({
        planned: listDatesBeforeRepairs(plan, timeZone),
        troubles:
          alternative === undefined
            ? []
            : [
                {
                  position: 1,
                  reason: 'booked',
                  alternatives: [{ start: alternative, therapistId: 'mira', besideId: 'jun' }],
                },
              ],
        ...{
          picks: {},
          refused: new Set<number>(),
          usual: plan.standing ?? undefined,
          apartMinutes: 15,
          timeZone,
          locale: 'en-IE',
        },
        names: { mira: 'Mira', tom: 'Tom', jun: 'Jun' },
        massages: Object.fromEntries(offer.services.map(({ id, name }) => [id, name])),
      });
    expect(rowsOf(choice).map(({ massage, hours }) => [massage, hours])).toEqual([
      ['Swedish, and sports for 45 min', '18:00 to 19:00'],
      ['Swedish, and sports for 45 min', '18:00 to 19:00'],
    ]);
    const totals = computeBookingTotals(rowsOf(choice), 60, offer.services, { ...money, timeZone });
    expect(totals).toMatchObject({
      heading: '2 sessions for two, €220',
      price: '2 Swedish, 60 minutes, at €60; 2 sports, 45 minutes, at €50. Pay at each visit.',
      time: '2 hours, and 90 minutes for the second person',
      massages: 'Swedish and sports',
    });
    expect(buildBookingRequest({ ...choice, picks: { 1: { kind: 'skip' } } }, timeZone).beside).toEqual({
      ...{ therapistIds: ['tom'], serviceIds: ['sports'], minutes: 45 },
    });
    const second = Date.parse('2026-12-08T18:00:00Z');
    expect(rowsOf(longer, second - 100 * 60_000)[0]!.options.map(({ value }) => value)).toEqual(['skip']);
    expect(rowsOf(longer, second - 105 * 60_000)[0]!.options).toHaveLength(2);
  });
});

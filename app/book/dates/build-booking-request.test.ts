import { describe, expect, it } from 'vitest';
import type { BookingChoice } from '@/app/book/booking-choice';
import { buildBookingRequest, listDatesBeforeRepairs } from './build-booking-request';
import { choice, timeZone } from './test-choice';

const at = (on: string, time: string) => Date.parse(`${on}T${time}:00Z`);

describe('the dates of a standing time', () => {
  it('fall on the same weekday and hour, each with its massage', () => {
    expect(listDatesBeforeRepairs(choice, timeZone).map(({ on, serviceId }) => `${on} ${serviceId}`)).toEqual([
      '2026-12-10 swedish',
      '2026-12-17 swedish',
      '2026-12-24 sports',
      '2026-12-31 sports',
    ]);
  });
  it('keep the hour over a clock change', () => {
    const spring = { ...choice, standing: { on: '2027-03-22', time: '17:30', therapistId: 'mira' } };
    expect(
      listDatesBeforeRepairs(spring, timeZone).map(({ startsAt }) => new Date(startsAt).toISOString().slice(11, 16)),
    ).toEqual(['17:30', '16:30', '16:30', '16:30']);
  });
});

describe('the booking request', () => {
  it('contains the repairs, and is the same each time it is built', () => {
    const repaired: BookingChoice = {
      ...choice,
      picks: { 2: { kind: 'skip' }, 3: { kind: 'move', on: '2026-12-23', time: '17:30', therapistId: 'tom' } },
    };
    const request = buildBookingRequest(repaired, timeZone);
    expect(request).toEqual(buildBookingRequest(repaired, timeZone));
    expect(request).toEqual({
      cadence: 'weekly',
      minutes: 60,
      standing: { firstOn: '2026-12-10', time: '17:30', therapistId: 'mira' },
      skipped: [{ position: 2, on: '2026-12-17' }],
      appointments: [
        { position: 1, startsAt: at('2026-12-10', '17:30'), serviceId: 'swedish', therapistId: 'mira' },
        { position: 3, startsAt: at('2026-12-23', '17:30'), serviceId: 'sports', therapistId: 'tom' },
        { position: 4, startsAt: at('2026-12-31', '17:30'), serviceId: 'sports', therapistId: 'mira' },
      ],
    });
  });
});

it('40 the second of two hours with the same clock time is requested by its instant', () => {
  const once = { ...choice, cadence: 'once', sessions: 1, ladder: ['swedish'], picks: {} } as const;
  const standing = { on: '2027-10-31', time: '01:30~2', therapistId: 'mira' };
  const request = buildBookingRequest({ ...once, ladder: ['swedish'], standing }, timeZone);
  expect(request.appointments[0]?.startsAt).toBe(Date.UTC(2027, 9, 31, 1, 30));
  expect(request.standing).toBeNull();
});

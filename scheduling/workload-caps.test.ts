import { describe, expect, it } from 'vitest';
import type { TakenTime } from './choose-resources';
import {
  type CapsAndWorkload,
  chooseResourcesWithinCaps,
  isWithinWorkloadCaps,
  listExceededWorkloadCaps,
  type MassageWorkload,
  NO_WORKLOAD_CAPS,
  type WorkloadCaps,
} from './workload-caps';
import { toInstant } from './zone-conversion';

const ZONE = 'Europe/Dublin';
const HOUR = 3_600_000;
const at = (time: string, on = '2026-12-01') => toInstant(ZONE, on, time);
const none = { dayMinutes: null, weekMinutes: null, deepDayMinutes: null, deepWeekMinutes: null };

/** Mira gives at most two hours a day, and already has one. */
const loads: CapsAndWorkload = {
  timeZone: ZONE,
  caps: new Map([['mira', { ...none, dayMinutes: 120 }]]),
  existing: new Map([['mira', [{ start: at('09:00'), durationMinutes: 60, isDeep: false }]]]),
};

function date(time: string, therapistIds = ['mira', 'jun'], on?: string) {
  const start = at(time, on);
  const load = { start, durationMinutes: 60, isDeep: false };
  return { padded: { start, end: start + HOUR }, therapistIds, roomIds: ['garden', 'street'], load };
}

function choose(dates: ReturnType<typeof date>[], held = loads, rooms: Record<string, TakenTime[]> = {}) {
  const chosen = chooseResourcesWithinCaps(
    dates,
    { therapists: new Map(), rooms: new Map(Object.entries(rooms)) },
    held,
  );
  return chosen.ok ? chosen.choices.map(({ therapistId }) => therapistId) : chosen.refused;
}

describe('caps on a therapist’s hands', () => {
  const massageAt = (on: string, time: string, durationMinutes: number, isDeep = false): MassageWorkload => ({
    start: toInstant(ZONE, on, time),
    durationMinutes,
    isDeep,
  });
  const checkCaps = (caps: Partial<WorkloadCaps>, existing: MassageWorkload[], requested: MassageWorkload) =>
    listExceededWorkloadCaps({ timeZone: ZONE, caps: { ...none, ...caps }, existing, requested });

  it('count by local day, and may be filled exactly', () => {
    const existing = [
      massageAt('2026-12-01', '00:00', 60),
      massageAt('2026-11-30', '23:30', 90),
      massageAt('2026-12-02', '00:00', 90),
    ];
    expect(checkCaps({ dayMinutes: 120 }, existing, massageAt('2026-12-01', '18:00', 60))).toEqual([]);
    expect(checkCaps({ dayMinutes: 119 }, existing, massageAt('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
    expect(checkCaps({ dayMinutes: 59 }, [], massageAt('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
  });

  it('count the Sunday to the week before it', () => {
    const existing = [massageAt('2026-11-30', '09:00', 60), massageAt('2026-12-07', '09:00', 60)];
    expect(checkCaps({ weekMinutes: 120 }, existing, massageAt('2026-12-06', '18:00', 60))).toEqual([]);
    expect(checkCaps({ weekMinutes: 119 }, existing, massageAt('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
    expect(checkCaps({ weekMinutes: 60 }, existing.slice(1), massageAt('2026-12-06', '18:00', 60))).toEqual([]);
  });

  it('count a massage of any length, even one minute', () => {
    expect(checkCaps({ dayMinutes: 1 }, [], massageAt('2026-12-01', '18:00', 1))).toEqual([]);
    expect(checkCaps({ dayMinutes: 0 }, [], massageAt('2026-12-01', '18:00', 1))).toEqual(['dayMinutes']);
  });

  it('count a week from Monday to Sunday', () => {
    const existing = [
      massageAt('2026-11-30', '09:00', 60),
      massageAt('2026-12-06', '23:00', 60),
      massageAt('2026-11-29', '09:00', 60),
      massageAt('2026-12-07', '09:00', 60),
    ];
    expect(checkCaps({ weekMinutes: 180 }, existing, massageAt('2026-12-02', '18:00', 60))).toEqual([]);
    expect(checkCaps({ weekMinutes: 179 }, existing, massageAt('2026-12-02', '18:00', 60))).toEqual(['weekMinutes']);
    expect(checkCaps({ weekMinutes: 179 }, existing, massageAt('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
  });

  it('count deep tissue separately, and limit deep tissue only', () => {
    const existing = [
      massageAt('2026-12-01', '09:00', 60, true),
      massageAt('2026-12-01', '11:00', 90),
      massageAt('2026-12-03', '11:00', 60, true),
      massageAt('2026-12-04', '11:00', 90),
    ];
    const deep = massageAt('2026-12-01', '18:00', 60, true);
    expect(checkCaps({ deepDayMinutes: 120, deepWeekMinutes: 180 }, existing, deep)).toEqual([]);
    expect(checkCaps({ deepDayMinutes: 119, deepWeekMinutes: 179 }, existing, deep)).toEqual([
      'deepDayMinutes',
      'deepWeekMinutes',
    ]);
    expect(checkCaps({ deepDayMinutes: 0, deepWeekMinutes: 0 }, existing, { ...deep, isDeep: false })).toEqual([]);
  });

  it('name a cap that is exceeded already only when it would be exceeded by more', () => {
    const moved = massageAt('2026-12-01', '09:00', 60);
    const others = [massageAt('2026-12-01', '14:00', 60), massageAt('2026-12-02', '14:00', 60)];
    const check = (requested: MassageWorkload, before = [moved, ...others]) => {
      const caps = { ...none, dayMinutes: 90, weekMinutes: 90 };
      return listExceededWorkloadCaps({ timeZone: ZONE, caps, existing: others, requested, before });
    };
    expect(check(massageAt('2026-12-01', '18:00', 60))).toEqual([]);
    expect(check(massageAt('2026-12-01', '18:00', 61))).toEqual(['dayMinutes', 'weekMinutes']);
    expect(check(massageAt('2026-12-04', '18:00', 60))).toEqual([]);
    expect(check(massageAt('2026-12-02', '18:00', 60))).toEqual(['dayMinutes']);
    expect(check(massageAt('2026-12-08', '18:00', 91))).toEqual(['dayMinutes', 'weekMinutes']);
    expect(check(massageAt('2026-12-01', '18:00', 60), others)).toEqual(['dayMinutes', 'weekMinutes']);
  });

  it('refuse malformed input by the name of the field', () => {
    const requested = massageAt('2026-12-01', '18:00', 60);
    expect(() => checkCaps({ dayMinutes: -1 }, [], requested)).toThrow(/^caps\.dayMinutes must be/);
    expect(() => checkCaps({}, [{ ...requested, start: Number.NaN }], requested)).toThrow(
      /^existing\[0\]\.start must be/,
    );
    expect(() => checkCaps({}, [requested, { ...requested, durationMinutes: -1 }], requested)).toThrow(
      /^existing\[1\]\.durationMinutes must be/,
    );
    const before = [{ ...requested, durationMinutes: -1 }];
    expect(() => {
      listExceededWorkloadCaps({ timeZone: ZONE, caps: none, existing: [], requested, before });
    }).toThrow(/^before\[0\]\.durationMinutes must be/);
    expect(() => checkCaps({}, [], { ...requested, durationMinutes: 1.5 })).toThrow(
      /^requested\.durationMinutes must be/,
    );
  });
});

describe('one more massage', () => {
  const massage = (durationMinutes: number) => ({ start: at('18:00'), durationMinutes, isDeep: false });

  it('may be given by a therapist without caps, and by others up to their caps', () => {
    expect(isWithinWorkloadCaps(NO_WORKLOAD_CAPS, 'mira', massage(600))).toBe(true);
    expect(isWithinWorkloadCaps(loads, 'jun', massage(600))).toBe(true);
    expect(isWithinWorkloadCaps(loads, 'mira', massage(60))).toBe(true);
    expect(isWithinWorkloadCaps(loads, 'mira', massage(75))).toBe(false);
    expect(isWithinWorkloadCaps({ ...loads, existing: new Map() }, 'mira', massage(120))).toBe(true);
  });

  it('may be moved within a day that is too full already, but not made longer', () => {
    const before = new Map([['mira', [...loads.existing.get('mira')!, { ...massage(120), start: at('12:00') }]]]);
    expect(isWithinWorkloadCaps({ ...loads, before }, 'mira', massage(120))).toBe(true);
    expect(isWithinWorkloadCaps({ ...loads, before }, 'mira', massage(121))).toBe(false);
    expect(isWithinWorkloadCaps({ ...loads, before: new Map() }, 'mira', massage(120))).toBe(false);
  });
});

describe('a plan within caps', () => {
  it('gives dates to a colleague where its own dates would exceed the cap', () => {
    expect(choose([date('14:00')])).toEqual(['mira']);
    expect(choose([date('14:00', ['mira']), date('16:00')])).toEqual(['mira', 'jun']);
    expect(choose([date('14:00'), date('16:00')])).toEqual(['jun', 'jun']);
    expect(choose([date('14:00'), date('16:00')], NO_WORKLOAD_CAPS)).toEqual(['mira', 'mira']);
    expect(choose([date('14:00'), date('14:00', ['mira', 'jun'], '2026-12-02')])).toEqual(['mira', 'mira']);
  });

  it('counts only its own dates when no earlier massages are given', () => {
    const fresh = { ...loads, existing: new Map() };
    const two = [date('14:00', ['mira']), date('16:00', ['mira'])];
    expect(choose([...two, date('18:00')], fresh)).toEqual(['mira', 'mira', 'jun']);
  });

  it('is refused date by date where nobody else can give the massage', () => {
    expect(choose([date('14:00', ['mira']), date('16:00', ['mira'])])).toEqual([{ at: 1, reason: 'booked' }]);
    const full = { ...loads, caps: new Map([['mira', { ...none, dayMinutes: 60 }]]) };
    expect(choose([date('14:00', ['mira']), date('14:00', ['jun'])], full)).toEqual([{ at: 0, reason: 'booked' }]);
  });

  it('lists a date over the cap together with dates refused for other reasons', () => {
    const full = { ...loads, caps: new Map([['mira', { ...none, dayMinutes: 60 }]]) };
    const busyTimes: TakenTime[] = [{ start: at('14:00'), end: at('15:00'), isTimeOff: false }];
    const refused = choose([date('14:00', ['jun']), date('16:00', ['mira'])], full, {
      garden: busyTimes,
      street: busyTimes,
    });
    expect(refused).toMatchObject([{ at: 0 }, { at: 1, reason: 'booked' }]);
  });

  it('is refused for a missing room as it would be without caps', () => {
    const busyTimes: TakenTime[] = [{ start: at('14:00'), end: at('15:00'), isTimeOff: false }];
    expect(choose([date('14:00')], loads, { garden: busyTimes, street: busyTimes })).toMatchObject([{ at: 0 }]);
  });
});

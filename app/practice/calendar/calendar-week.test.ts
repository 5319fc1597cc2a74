import { describe, expect, it } from 'vitest';
import type { Calendar } from '@/db/appointments/calendar';
import { toInstant } from '@/scheduling/zone-conversion';
import { parseCalendarUrl } from './calendar-url';
import { buildCalendarWeek, getHoursOfDay, listSessionProgressMarks } from './calendar-week';
import { buildTherapistLanes, listLaneEventsOn } from './therapist-lanes';

const timeZone = 'Europe/Dublin';
const MONDAY = '2026-11-30';
const at = (on: string, time: string) => toInstant(timeZone, on, time);

const calendar: Calendar = {
  locale: 'en-IE',
  timeZone,
  therapists: [
    { id: 'mira', name: 'Mira Kovač', colour: '#2C6E5B', hasLeft: false },
    { id: 'jun', name: 'Jun Sato', colour: '#7A4E7E', hasLeft: false },
  ],
  appointments: [
    {
      uid: 'a',
      seriesUid: 's',
      startsAt: at('2026-12-01', '18:00'),
      endsAt: at('2026-12-01', '19:00'),
      paddedStartsAt: at('2026-12-01', '18:00'),
      paddedEndsAt: at('2026-12-01', '19:15'),
      therapistId: 'jun',
      clientName: 'Ana Costa',
      clientPhone: null,
      service: { id: 'swedish', name: 'Swedish' },
      room: { id: 'loft', name: 'Loft' },
      minutes: 60,
      position: 3,
      sessions: 8,
      status: 'booked',
      arrivedAt: null,
      begunAt: null,
      isMoved: false,
      version: 1,
      seriesVersion: 1,
    },
  ],
  colleagues: [],
  timeOff: [
    {
      id: 'leave',
      therapistId: 'mira',
      startsAt: at('2026-12-02', '00:00'),
      endsAt: at('2026-12-04', '00:00'),
      kind: 'leave',
    },
  ],
  external: [],
  hours: ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'].flatMap(
    (on, day) => [
      { therapistId: 'mira', on, ranges: day < 4 ? [['12:00', '20:00']] : [] },
      { therapistId: 'jun', on, ranges: day === 1 ? [['08:00', '19:00']] : [] },
    ],
  ),
  breaks: [],
  holidays: [],
};
const times = { now: at('2026-11-30', '08:00'), stepMinutes: 30 };
const everyone = parseCalendarUrl({ whose: 'everyone' }, '2026-12-01', true);

describe('the calendar of several therapists', () => {
  const [mira, jun] = buildTherapistLanes(calendar, everyone, MONDAY, 'jun', times);

  it('shades only the hours that each therapist does not work', () => {
    const shade = (lane: typeof mira, on: string) =>
      lane?.week.closed.filter(({ start, end }) => start >= at(on, '00:00') && end <= at(on, '24:00'));
    expect(shade(mira, '2026-12-01')).toMatchObject([
      { end: at('2026-12-01', '12:00'), title: 'Opens 12:00' },
      { start: at('2026-12-01', '20:00'), title: 'Closes 20:00' },
    ]);
    expect(shade(jun, '2026-12-01')).toMatchObject([
      { end: at('2026-12-01', '08:00'), title: 'Opens 08:00' },
      { start: at('2026-12-01', '19:00'), title: 'Closes 19:00' },
    ]);
    expect(shade(jun, '2026-12-02')).toMatchObject([{ title: 'Day off' }]);
  });

  it('names a break by its own name, and only in the lane of its therapist', () => {
    const on = '2026-12-01';
    const broken: Calendar = {
      ...calendar,
      hours: calendar.hours.map((day) => {
        const isBroken = day.therapistId === 'mira' && day.on === on;
        return isBroken
          ? {
              ...day,
              ranges: [
                ['12:00', '14:00'],
                ['14:30', '20:00'],
              ],
            }
          : day;
      }),
      breaks: [{ therapistId: 'mira', on, from: '14:00', until: '14:30', name: 'Lunch' }],
    };
    const titles = buildTherapistLanes(broken, everyone, MONDAY, 'jun', times).map(({ week }) =>
      week.closed.filter(({ title }) => title === 'Lunch').map(({ start, end }) => [start, end]),
    );
    expect(titles).toEqual([[[at(on, '14:00'), at(on, '14:30')]], []]);
    const early: Calendar = {
      ...calendar,
      breaks: [{ therapistId: 'mira', on, from: '11:00', until: '12:00', name: 'Lunch' }],
    };
    const [mira] = buildTherapistLanes(early, everyone, MONDAY, 'jun', times);
    const shade = mira!.week.closed.filter(({ start, end }) => start >= at(on, '00:00') && end <= at(on, '12:00'));
    expect(shade.map(({ title, end }) => [title, end])).toEqual([
      ['Opens 12:00', at(on, '11:00')],
      ['Lunch', at(on, '12:00')],
    ]);
  });

  it('names the gap between two working periods of a day a break', () => {
    const on = '2026-12-01';
    const parted: Calendar = {
      ...calendar,
      hours: calendar.hours.map((day) =>
        day.therapistId === 'mira' && day.on === on
          ? {
              ...day,
              ranges: [
                ['12:00', '14:00'],
                ['14:30', '20:00'],
              ],
            }
          : day,
      ),
    };
    const [mira] = buildTherapistLanes(parted, everyone, MONDAY, 'jun', times);
    const shade = mira!.week.closed.filter(({ start, end }) => start >= at(on, '00:00') && end <= at(on, '24:00'));
    expect(shade.map(({ title }) => title)).toEqual(['Opens 12:00', 'Break', 'Closes 20:00']);
  });

  it('gives each therapist their own appointments, in their own colour', () => {
    expect(mira?.events.map(({ title }) => title)).toEqual(['Leave']);
    expect(jun?.events).toMatchObject([{ title: 'Ana Costa', detail: '18:00, Swedish, 3 of 8', colour: '#7A4E7E' }]);
  });

  it('lets a therapist open only their own appointments, and the owner all of them', () => {
    expect(jun?.events[0]?.href).toContain('open=a');
    expect(buildTherapistLanes(calendar, everyone, MONDAY, 'mira', times)[1]?.events[0]?.href).toBeNull();
    expect(buildTherapistLanes(calendar, everyone, MONDAY, null, times)[1]?.events[0]?.href).toContain('open=a');
  });

  it('shows a colleague’s appointment only as booked time, which cannot be opened', () => {
    const { uid, startsAt, endsAt, paddedStartsAt, paddedEndsAt, therapistId, room, minutes } =
      calendar.appointments[0]!;
    const colleagueTime = { uid, startsAt, endsAt, paddedStartsAt, paddedEndsAt, therapistId, room, minutes };
    const seen: Calendar = { ...calendar, appointments: [], colleagues: [colleagueTime] };
    const jun = buildTherapistLanes(seen, everyone, MONDAY, 'mira', times)[1]!;
    expect(jun.events).toMatchObject([{ title: 'Booked', detail: '18:00 to 19:00', href: null, movable: null }]);
    expect(jun.week.counts['2026-12-01']).toBe('1 client');
  });

  it('offers a therapist only her own empty time to book in, and the owner everybody’s', () => {
    const slotsOf = (own: string | null) =>
      buildTherapistLanes(calendar, everyone, MONDAY, own, times).map(({ slots }) => slots.length);
    expect(slotsOf('jun')).toEqual([0, expect.any(Number)]);
    expect(slotsOf(null).every((count) => count > 0)).toBe(true);
    expect(jun?.slots[0]).toMatchObject({ who: 'Jun', href: expect.stringContaining('&with=jun') });
  });

  it('shows leave of several days on each of its days, and on no day after', () => {
    const leaveOn = (on: string) => listLaneEventsOn(mira!, on, timeZone).length;
    expect(['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'].map(leaveOn)).toEqual([0, 1, 1, 0]);
  });
});

describe('the count under a day’s name', () => {
  it('counts clients, and calls a day of leave "off", not "free"', () => {
    const [mira] = buildTherapistLanes(calendar, everyone, MONDAY, null, times);
    expect(Object.values(mira!.week.counts)).toEqual(['free', 'free', 'off', 'off', 'off', 'off', 'off']);
    expect(buildCalendarWeek(calendar, MONDAY).counts['2026-12-01']).toBe('1 client');
  });
});

it('draws one stroke for each session, also for skipped and cancelled ones', () => {
  const place = (position: number, status: 'booked' | 'completed' | 'cancelled' = 'booked') => ({
    uid: `${position}`,
    position,
    startsAt: position,
    therapistId: 'mira',
    status,
    isMoved: false,
    nominalStartsAt: position,
    nominalTherapistId: 'mira',
  });
  const places = [place(1, 'completed'), place(2), place(3, 'cancelled'), place(5)];
  const strokes = listSessionProgressMarks({ uid: '2', startsAt: 2, sessions: 6, places });
  expect(strokes.map(({ look }) => look)).toEqual(['done', 'now', 'gone', 'gone', 'ahead', 'gone']);
});

describe('the hours of one day', () => {
  it('are those of the therapists who are shown that day, not of the whole week', () => {
    expect(getHoursOfDay(calendar, MONDAY, ['mira', 'jun'])).toEqual({ from: '12:00', until: '20:00' });
    expect(getHoursOfDay(calendar, '2026-12-01', ['mira', 'jun'])).toEqual({ from: '08:00', until: '20:00' });
    expect(getHoursOfDay(calendar, '2026-12-01', ['mira'])).toEqual({ from: '12:00', until: '20:00' });
  });

  it('include appointments outside of them, and are 09:00 to 18:00 where nobody works', () => {
    const late = { ...calendar.appointments[0]!, startsAt: at(MONDAY, '21:30'), endsAt: at(MONDAY, '22:30') };
    const early = { ...late, uid: 'b', status: 'cancelled' as const, startsAt: at(MONDAY, '06:00') };
    const booked = { ...calendar, appointments: [late, early] };
    expect(getHoursOfDay(booked, MONDAY, ['mira', 'jun'])).toEqual({ from: '12:00', until: '23:00' });
    expect(getHoursOfDay(calendar, '2026-12-06', ['mira', 'jun'])).toEqual({ from: '09:00', until: '18:00' });
  });
});

it('tells two therapists of one first name apart', () => {
  const therapists = [
    { id: 'mira', name: 'Mira Kovač', colour: '#2C6E5B', hasLeft: false },
    { id: 'jun', name: 'Mira Sato', colour: '#7A4E7E', hasLeft: false },
  ];
  const choice = parseCalendarUrl({ whose: 'everyone' }, MONDAY, true);
  const lanes = buildTherapistLanes({ ...calendar, therapists }, choice, MONDAY, null, { now: 0, stepMinutes: 15 });
  expect(lanes.map(({ therapist }) => therapist.firstName)).toEqual(['Mira Kovač', 'Mira Sato']);
});

it('offers no time of a therapist who has left, whose appointments can still be opened', () => {
  const left = { ...calendar, therapists: calendar.therapists.map((one) => ({ ...one, hasLeft: one.id === 'jun' })) };
  const choice = parseCalendarUrl({ whose: 'everyone' }, MONDAY, true);
  const lanes = buildTherapistLanes(left, choice, MONDAY, null, { now: 0, stepMinutes: 15 });
  const jun = lanes.find(({ therapist }) => therapist.id === 'jun');
  expect(jun).toMatchObject({ mayBook: false, slots: [], events: [{ title: 'Ana Costa' }] });
  expect(jun!.events[0]!.href).not.toBeNull();
});

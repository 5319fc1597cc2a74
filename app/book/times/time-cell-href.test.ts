import { describe, expect, it } from 'vitest';
import type { BookingOptions } from '@/app/book/booking-choice';
import { bookingHref } from '@/app/book/booking-url';
import { parseBookingChoice } from '@/app/book/parse-booking-choice';
import { expandShortParams } from '@/app/book/short-booking-url';
import { timeCellHref } from './time-cell-href';
import { buildTimeCellHrefBase } from './time-cell-labels';

const offer: BookingOptions = {
  services: ['swedish', 'sports'].map((id) => ({
    ...{ id, name: id, pressure: 1, therapists: ['mira', 'tom'], rooms: ['garden', 'loft'] },
    lengths: [{ minutes: 60, priceCents: 6800 }],
  })),
  therapists: ['mira', 'tom'].map((id) => ({ id, name: id })),
  question: { slug: 'hamstring', minutes: 60, cadence: 'weekly', ladder: ['swedish', 'sports'] },
  ...{ maxSessions: 26, today: '2026-12-01', windowDays: 400 },
};
const cell = { on: '2026-12-03', time: '17:30', with: 'mira', level: 'all' as const };
const base = '0b54c1c6';
const queryOf = (href: string) => Object.fromEntries(new URL(href, 'http://x/book').searchParams);
const choose = (query: string) => parseBookingChoice(queryOf(`/book?${query}`), offer);
const read = (href: string) => parseBookingChoice(expandShortParams(queryOf(href)), offer);

describe('the address of a time', () => {
  it('is short, and leads to the form where every date is free, to the dates where one clashes', () => {
    const links = buildTimeCellHrefBase(choose('type=swedish&minutes=60&cadence=biweekly&sessions=8'), base);
    expect(timeCellHref(links, cell)).toBe('?p=swedish.60.2w.8&you=2026-12-03T17:30@mira.0b54c1c6');
    expect(timeCellHref(links, { ...cell, level: 'most' })).toMatch(/&dates=2026-12-03T17:30@mira\.0b54c1c6$/);
  });

  it.each([
    'type=swedish&minutes=60&cadence=weekly&sessions=8',
    'type=sports&cadence=once&therapist=tom&part=evening',
    'type=swedish&cadence=biweekly&sessions=3&ladder=swedish,sports,swedish&week=2026-12-08&starts=all',
    'from=hamstring&sessions=4',
    'type=swedish&sessions=2&people=2&therapist=mira',
    'type=swedish&sessions=2&key=0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01',
  ])('means the same as its long form: %s', (query) => {
    const choice = { ...choose(query), step: 'time' as const };
    for (const level of ['all', 'most'] as const) {
      const givers = choice.isForTwo ? { therapistId: 'mira', besideId: 'tom' } : { therapistId: 'tom' };
      const chosen = read(
        timeCellHref(buildTimeCellHrefBase(choice, base), { ...cell, with: Object.values(givers).join(), level }),
      );
      expect(chosen).toEqual({
        ...choice,
        step: level === 'all' ? 'you' : 'dates',
        standing: { on: cell.on, time: cell.time, ...givers },
        key: choice.key ?? '0b54c1c6-0000-4000-8000-202612031730',
      });
      // A long address that somebody saved leads to the same choice later.
      expect(read(bookingHref(chosen, chosen.step))).toEqual(chosen);
    }
  });

  it('has a key of its own, which is the same whenever that time is chosen from that page', () => {
    const links = buildTimeCellHrefBase(choose('type=swedish&cadence=once'), base);
    const key = (time: string) => read(timeCellHref(links, { ...cell, time })).key;
    expect(key('01:30~2')).toBe('0b54c1c6-0000-4000-8000-f02612030130');
    expect(new Set(['17:30', '18:00', '01:30', '01:30~2'].map(key)).size).toBe(4);
  });

  it('contains only the time where no booking is made', () => {
    expect(timeCellHref({ start: '/manage/x/move?a=1', base: null }, cell)).toBe(
      '/manage/x/move?a=1&on=2026-12-03&time=17:30&with=mira',
    );
  });

  it.each([
    'p=',
    'p=....',
    'p=swedish.60.weekly.8&you=',
    'you=x',
    'dates=T@',
    'p=a.b.c.d.e.f.g.h.i&you=1T2@3.zz',
    'p=swedish.60.weekly.4&you=2026-12-03T17:30@mira.0b54c1c',
  ])('leads to the times or the massages where it is malformed: %s', (query) => {
    expect(read(`/book?${query}`)).toMatchObject({ standing: null, key: null });
  });
});

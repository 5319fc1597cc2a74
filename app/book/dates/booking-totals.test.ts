import { describe, expect, it } from 'vitest';
import { computeBookingTotals, describeTooLateToChange } from './booking-totals';
import type { DateRow } from './date-rows';

const services = [
  { id: 'swedish', name: 'Swedish', pressure: 1, lengths: [{ minutes: 60, priceCents: 6800 }], therapists: ['mira'] },
];
const money = { currency: 'EUR', locale: 'en-IE', timeZone: 'Europe/Dublin' };
const at = (on: string, time = '10:00') => Date.parse(`${on}T${time}:00Z`);
const row = (position: number, on: string, change: Partial<DateRow> = {}): DateRow => ({
  position,
  state: 'free',
  day: on,
  therapistId: 'mira',
  hours: '10:00 to 11:00',
  startsAt: at(on),
  endsAt: at(on, '11:00'),
  serviceId: 'swedish',
  massage: 'Swedish',
  who: null,
  insteadOf: null,
  why: null,
  options: [],
  pick: null,
  mayFreeUp: false,
  ...change,
});
const totals = (rows: DateRow[]) => computeBookingTotals(rows, 60, services, money);

describe('the totals of the dates', () => {
  it('leave out a clash that can only be skipped, as the booking will', () => {
    const rows = [row(1, '2026-12-07'), row(2, '2026-12-14', { state: 'clash', pick: 'skip' })];
    expect(totals(rows)).toMatchObject({ count: 1, heading: '1 session, €68', time: '1 hour', lastOn: '2026-12-07' });
  });
  it('end on the day that replaces the last date', () => {
    const last = row(2, '2026-12-25', { state: 'clash', pick: '2026-12-28T10:00@mira' });
    expect(totals([row(1, '2026-12-18'), last])).toMatchObject({ count: 2, lastOn: '2026-12-28' });
  });
  it('have no last day when every date is skipped', () => {
    const rows = [row(1, '2026-12-07', { state: 'skipped', pick: 'skip' })];
    expect(totals(rows)).toMatchObject({ count: 0, lastOn: null, firstAt: null });
  });
});

describe('a first date within a cutoff', () => {
  const practice = { cancelCutoffMinutes: 24 * 60, moveCutoffMinutes: 12 * 60, name: 'Harbour', phone: '01 555 0142' };
  const noticeAt = (now: number, rows = [row(1, '2026-12-07'), row(2, '2026-12-14')]) =>
    describeTooLateToChange(totals(rows), practice, now);
  it('is announced before booking, with the number to call', () => {
    expect(noticeAt(at('2026-12-06', '20:00'))).toBe(
      'The first is closer than that. You can cancel it by your link for 15 minutes after you book. After that, to cancel it, call 01 555 0142.',
    ); // 14 hours before
    expect(noticeAt(at('2026-12-07', '04:00'), [row(1, '2026-12-07')])).toBe(
      'This one is closer than that. You can cancel it by your link for 15 minutes after you book. After that, to change it, call 01 555 0142.',
    );
  });
  it('a first date further off gets no warning', () => {
    expect(noticeAt(at('2026-12-05'))).toBe('');
  });
});

import { expect, it } from 'vitest';
import { formatDateSpan } from './format-hours';

it('writes the year of a one-off day outside the current year', () => {
  const say = (from: string, until = from) => formatDateSpan({ from, until }, 'en-IE', '2026-11-30');
  expect(say('2026-12-24')).toBe('Thu 24 Dec');
  expect(say('2027-12-24')).toBe('Fri 24 Dec 2027');
  expect(say('2026-12-28', '2027-01-03')).toBe('28 Dec to 3 Jan 2027');
  expect(say('2026-12-24', '2026-12-27')).toBe('24 Dec to 27 Dec');
});

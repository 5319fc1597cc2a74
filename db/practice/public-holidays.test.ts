import { describe, expect, it } from 'vitest';
import { listIrishHolidays } from '@/db/demo/irish-holidays';
import { listPublicHolidays } from './public-holidays';

describe('the public holidays of a country', () => {
  it('include those set by Irish law, in order', () => {
    const found = listPublicHolidays('IE', [2026, 2027]).map(({ on }) => on);
    const lawful = [...listIrishHolidays(2026), ...listIrishHolidays(2027)].map(({ on }) => on);
    for (const on of lawful) expect(found).toContain(on);
    expect(found).toEqual([...found].sort());
  });

  it('have one English name each', () => {
    expect(listPublicHolidays('DE', [2027])).toContainEqual({ on: '2027-10-03', name: 'National Holiday' });
  });

  it.each(['', 'XX', 'constructor'])('are empty for %j', (country) => {
    expect(listPublicHolidays(country, [2027])).toEqual([]);
  });
});

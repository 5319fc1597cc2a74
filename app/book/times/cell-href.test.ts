import { describe, expect, it } from 'vitest';
import { cellHref } from './cell-href';

const cell = { on: '2026-12-03', time: '17:30', with: 'mira', level: 'all' as const };
const base = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01';
const links = { start: '/book?type=swedish', base };

describe('where a time leads', () => {
  it('to the form where every date is free, to the dates where one clashes', () => {
    expect(cellHref({ ...links, base: '' }, cell)).toBe(
      '/book?type=swedish&on=2026-12-03&time=17:30&with=mira&step=you',
    );
    expect(cellHref({ ...links, base: '' }, { ...cell, level: 'most' })).toMatch(/&step=dates$/);
  });
  it('with a key of its own, the same whenever it is chosen from that page', () => {
    const key = (time: string) => new URLSearchParams(cellHref(links, { ...cell, time })).get('key');
    expect(key('17:30')).toBe('0b54c1c6-7c0e-4b5a-9d0e-202612031730');
    expect(key('01:30~2')).toBe('0b54c1c6-7c0e-4b5a-9d0e-f02612030130');
    expect(new Set(['17:30', '18:00', '01:30', '01:30~2'].map(key)).size).toBe(4);
  });
  it('to nothing but the time where no booking is made', () => {
    expect(cellHref({ start: '/manage/x/move?a=1', base: null }, cell)).toBe(
      '/manage/x/move?a=1&on=2026-12-03&time=17:30&with=mira',
    );
  });
});

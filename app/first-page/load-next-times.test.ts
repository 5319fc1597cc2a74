import { describe, expect, it } from 'vitest';
import { type NextTime, pickFirstTimeOfEachDay } from './load-next-times';
import { formatNextTime } from './next-free-times';

const at = (on: string, time: string, therapistId: string): NextTime => {
  return { on, time, therapistId, serviceIds: ['swedish'], href: `/book?on=${on}&time=${time}&with=${therapistId}` };
};

describe('the next times on the first page', () => {
  it('are the soonest one, then one for each day, with another therapist where possible', () => {
    const named = pickFirstTimeOfEachDay([
      at('2026-12-01', '18:00', 'mira'),
      at('2026-12-01', '18:30', 'jun'),
      at('2026-12-02', '09:00', 'mira'),
      at('2026-12-02', '11:00', 'tom'),
      at('2026-12-04', '10:00', 'tom'),
      at('2026-12-05', '10:00', 'jun'),
    ]);
    expect(named.map(({ on, time }) => `${on} ${time}`)).toEqual([
      '2026-12-01 18:00',
      '2026-12-02 11:00',
      '2026-12-04 10:00',
    ]);
    expect(pickFirstTimeOfEachDay([])).toEqual([]);
  });

  it('are named by how near they are', () => {
    const formatTime = (on: string) => formatNextTime({ on, time: '18:30' }, { today: '2026-12-01', locale: 'en-IE' });
    expect(formatTime('2026-12-01')).toBe('today at 18:30');
    expect(formatTime('2026-12-02')).toBe('tomorrow at 18:30');
    expect(formatTime('2026-12-05')).toBe('Sat 5 Dec at 18:30');
  });
});

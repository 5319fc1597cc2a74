import { expect, it } from 'vitest';
import { toInstant } from '@/scheduling/zone-conversion';
import { listOverCapWarnings } from './over-cap-warnings';

it('names the days for each cap that is exceeded', () => {
  const at = (on: string) => toInstant('Europe/Dublin', on, '18:00');
  const lines = listOverCapWarnings(
    [
      { startsAt: at('2026-12-01'), therapistId: 'mira', caps: ['dayMinutes', 'deepWeekMinutes'] },
      { startsAt: at('2026-12-08'), therapistId: 'mira', caps: ['dayMinutes'] },
      { startsAt: at('2026-12-09'), therapistId: 'tom', caps: ['dayMinutes'] },
    ],
    { practice: { timeZone: 'Europe/Dublin', locale: 'en-IE' }, names: { mira: 'Mira' } },
  );
  expect(lines).toEqual([
    'More massage in a day than Mira wants to give: Tue 1 Dec, Tue 8 Dec.',
    'More deep tissue in a week than Mira wants to give: Tue 1 Dec.',
    'More massage in a day than tom wants to give: Wed 9 Dec.',
  ]);
});

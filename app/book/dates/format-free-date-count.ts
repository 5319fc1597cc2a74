import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import type { DateRow } from './date-rows';

/** 'All eight dates are free.', 'Six dates are free, one clashes and one is skipped.' */
export function formatFreeDateCount(rows: Pick<DateRow, 'state'>[]): string {
  const count = rows.length;
  const clashes = rows.filter(({ state }) => state === 'clash').length;
  const skipped = rows.filter(({ state }) => state === 'skipped').length;
  const free = count - clashes - skipped;
  if (skipped === count) return 'You have skipped every date.';
  if (count === 1) return clashes === 0 ? 'The date is free.' : 'The date clashes.';
  if (clashes === count) return 'Every date clashes.';
  if (free === count) return `${count === 2 ? 'Both' : `All ${formatNumberInWords(count)}`} dates are free.`;
  const parts = [
    { many: free, one: 'is free', several: 'are free' },
    { many: clashes, one: 'clashes', several: 'clash' },
    { many: skipped, one: 'is skipped', several: 'are skipped' },
  ]
    .filter(({ many }) => many > 0)
    .map(({ many, one, several }, at) => {
      const noun = at > 0 ? '' : many === 1 ? ' date' : ' dates';
      return `${formatNumberInWords(many)}${noun} ${many === 1 ? one : several}`;
    });
  return `${capitalizeFirstLetter([parts.slice(0, -1).join(', '), parts.at(-1)].join(' and '))}.`;
}

import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/formatting';
import type { DateRow } from './date-rows';

/** 'All eight dates are free.' */
export function formatFreeDateCount(rows: Pick<DateRow, 'state'>[]): string {
  const count = rows.length;
  const clashes = rows.filter(({ state }) => state === 'clash').length;
  const isUntouched = rows.every(({ state }) => state === 'free' || state === 'clash');
  if (count === 1) return clashes === 0 ? 'The date is free.' : 'The date clashes.';
  if (rows.every(({ state }) => state === 'skipped')) return 'You have skipped every date.';
  if (clashes === count) return 'Every date clashes.';
  const word = isUntouched ? 'free' : 'settled';
  if (clashes === 0) return `${count === 2 ? 'Both' : `All ${formatNumberInWords(count)}`} dates are ${word}.`;
  const rest = count - clashes;
  return `${capitalizeFirstLetter(formatNumberInWords(rest))} ${rest === 1 ? 'date is' : 'dates are'} ${word} and ${formatNumberInWords(clashes)} ${clashes === 1 ? 'clashes' : 'clash'}.`;
}

import { expect, it } from 'vitest';
import { formatWait } from './format-wait';

it.each([
  [1, 'a minute'],
  [60, 'a minute'],
  [61, '2 minutes'],
  [540, '9 minutes'],
  [3541, 'an hour'],
  [3601, '2 hours'],
  [86_400, '24 hours'],
])('of %i seconds is said as "%s"', (seconds, words) => {
  expect(formatWait(seconds)).toBe(words);
});

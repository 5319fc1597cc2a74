import { expect, it } from 'vitest';
import type { DateRow } from './date-rows';
import { formatFreeDateCount } from './format-free-date-count';

const say = (...states: DateRow['state'][]) => formatFreeDateCount(states.map((state) => ({ state })));

it.each([
  ['The date is free.', say('free')],
  ['The date clashes.', say('clash')],
  ['Both dates are free.', say('free', 'free')],
  ['All three dates are free.', say('free', 'moved', 'free')],
  ['Two dates are free and one clashes.', say('free', 'clash', 'moved')],
  ['Two dates are free and one is skipped.', say('free', 'skipped', 'moved')],
  ['One date is free and two are skipped.', say('skipped', 'skipped', 'free')],
  ['Two dates are free, one clashes and one is skipped.', say('free', 'clash', 'skipped', 'free')],
  ['Two dates clash and one is skipped.', say('clash', 'clash', 'skipped')],
  ['Every date clashes.', say('clash', 'clash')],
  ['You have skipped every date.', say('skipped', 'skipped')],
])('counts the dates of each state: %s', (expected, said) => {
  expect(said).toBe(expected);
});

import { expect, it } from 'vitest';
import { describeHouseRules } from './describe-house-rules';

it('describes the house rules, and returns nothing when there are none', () => {
  const none = { movesPerDate: 0, graceMinutes: 0, noShowWords: '' };
  expect(describeHouseRules(none)).toBe('');
  expect(describeHouseRules({ ...none, movesPerDate: 1 })).toBe('Each date can be moved online once.');
  expect(describeHouseRules({ movesPerDate: 3, graceMinutes: 10, noShowWords: 'Please call.' })).toBe(
    'Each date can be moved online three times. If you are late, your time is kept for 10 minutes. Please call.',
  );
});

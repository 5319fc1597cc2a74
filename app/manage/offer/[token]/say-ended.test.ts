import { expect, it } from 'vitest';
import { sayWhyEnded } from './say-ended';

it('says that the time to answer is over, also before the offer has been ended', () => {
  expect(sayWhyEnded(null)).toContain('The time to answer is over');
  expect(sayWhyEnded('expired')).toBe(sayWhyEnded(null));
});

it('blames nobody who could not answer', () => {
  for (const answer of ['withdrawn', 'taken_back', 'unsent'] as const)
    expect(sayWhyEnded(answer)).toBe('The practice can no longer give this time.');
  expect(sayWhyEnded('lost')).toContain('could not be booked');
});

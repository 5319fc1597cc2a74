import { expect, it } from 'vitest';
import { sayWhyOfferEnded } from './say-why-offer-ended';

it('says that the time to answer is over, also before the offer has been ended', () => {
  expect(sayWhyOfferEnded(null)).toContain('The time to answer is over');
  expect(sayWhyOfferEnded('expired')).toBe(sayWhyOfferEnded(null));
});

it('blames nobody who could not answer', () => {
  for (const answer of ['withdrawn', 'taken_back', 'unsent'] as const)
    expect(sayWhyOfferEnded(answer)).toBe('The practice can no longer give this time.');
  expect(sayWhyOfferEnded('lost')).toContain('could not be booked');
});

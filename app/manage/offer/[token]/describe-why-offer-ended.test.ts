import { expect, it } from 'vitest';
import { describeWhyOfferEnded } from './describe-why-offer-ended';

it('says that the time to answer is over, also before the offer has been ended', () => {
  expect(describeWhyOfferEnded(null)).toContain('The time to answer is over');
  expect(describeWhyOfferEnded('expired')).toBe(describeWhyOfferEnded(null));
});

it('blames nobody who could not answer', () => {
  for (const answer of ['withdrawn', 'taken_back', 'unsent'] as const)
    expect(describeWhyOfferEnded(answer)).toBe('The practice can no longer give this time.');
  expect(describeWhyOfferEnded('lost')).toContain('could not be booked');
});

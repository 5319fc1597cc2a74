import { expect, it } from 'vitest';
import { describeWhyOfferEnded } from './describe-why-offer-ended';

it('says that the time to answer is over, even before the offer has been ended', () => {
  expect(describeWhyOfferEnded(null)).toContain('The time to answer is over');
  expect(describeWhyOfferEnded('expired')).toBe(describeWhyOfferEnded(null));
});

it('does not blame the client where the practice ended the offer or the booking failed', () => {
  for (const answer of ['withdrawn', 'taken_back', 'unsent'] as const)
    expect(describeWhyOfferEnded(answer)).toBe('The practice can no longer give this time.');
  expect(describeWhyOfferEnded('lost')).toContain('could not be booked');
});

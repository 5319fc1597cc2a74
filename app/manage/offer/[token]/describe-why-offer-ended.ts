import type { OfferOutcome } from '@/db/schema';

/**
 * Why an offer can no longer be accepted, for whoever opens its link. Null means that its time is up but it has not
 * been ended yet.
 */
export function describeWhyOfferEnded(answer: OfferOutcome | null): string {
  if (answer === 'lost') return 'It could not be booked as it was offered.';
  if (answer === null || answer === 'expired') return 'The time to answer is over, and it is offered to others.';
  return 'The practice can no longer give this time.';
}

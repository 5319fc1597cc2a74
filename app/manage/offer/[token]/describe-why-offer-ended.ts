import type { OfferOutcome } from '@/db/schema';

/** Why an offer can be taken no more, to whoever opens its link; null is one whose time is up and that still has to be ended. */
export function describeWhyOfferEnded(answer: OfferOutcome | null): string {
  if (answer === 'lost') return 'It could not be booked as it was offered.';
  if (answer === null || answer === 'expired') return 'The time to answer is over, and it is offered to others.';
  return 'The practice can no longer give this time.';
}

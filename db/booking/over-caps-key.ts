import type { ExceededCap } from './workload-tally';

// How a form and the check of what it sends name a date beyond a therapist's caps. Forms in the browser read this, so
// nothing of the database may be imported here.

/** A date that goes to a therapist beyond their caps. */
export interface MoveOverCaps {
  uid: string;
  startsAt: number;
  therapistId: string;
  exceeds: ExceededCap[];
}

/** The key of such a date in a form that has named the limit. */
export function formatMoveOverCapsKey({ uid, startsAt, therapistId }: Omit<MoveOverCaps, 'exceeds'>): string {
  return `${uid}.${startsAt}.${therapistId}`;
}

import type { ClashReason } from '@/scheduling/availability';

const REFUSAL_TEXTS: Record<ClashReason, string> = {
  booked: 'Already booked',
  time_off: 'The therapist is away',
  holiday: 'A holiday',
  closed: 'Nobody works then',
  room: 'No room is free',
  too_soon: 'Too soon to be booked',
  too_far: 'Too far ahead to be booked',
};

/** Why a date is not available, in a few words; a holiday is given by its name. */
export function formatClashReason(clash: ClashReason, holiday?: string): string {
  return holiday && (clash === 'closed' || clash === 'holiday') ? `Closed: ${holiday}` : REFUSAL_TEXTS[clash];
}

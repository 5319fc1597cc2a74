import type { ClashReason } from '@/scheduling/availability';

/** Why a date cannot be had, in a few words. */
export const REFUSAL_TEXTS: Record<ClashReason, string> = {
  booked: 'Already booked',
  time_off: 'The therapist is away',
  holiday: 'A holiday',
  closed: 'Nobody works then',
  room: 'No room is free',
  too_soon: 'Too soon to be booked',
  too_far: 'Too far ahead to be booked',
};

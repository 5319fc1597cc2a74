import type { AppointmentView } from '@/db/appointments/series';
import { canClientCancel, hasClientMovesLeft, LATE_BOOKING_UNDO_MINUTES } from '@/scheduling/booking-policy';
import { formatTime } from '@/scheduling/formatting';
import { type ManagedSeries, mayCancel, mayMove } from './managed-series';

type Rules = Pick<ManagedSeries, 'practice' | 'datesExemptFromMoveLimits' | 'now'>;

/**
 * What can no longer be done online with a date, or only for a few more minutes; null where everything is still
 * possible.
 */
export function describeChangesNoLongerPossible(appointment: AppointmentView, rules: Rules): string | null {
  const [move, cancel] = [mayMove(rules, appointment), mayCancel(rules, appointment)];
  const isUsedUp = !move && !hasClientMovesLeft(appointment.movesByClient, rules.practice);
  const undo = cancel && isJustBooked(appointment, rules) ? describeUndo(appointment, rules) : null;
  if (isUsedUp)
    return [`Moved as often as it can be here${cancel ? '' : ', and too late to cancel'}.`, undo]
      .filter(Boolean)
      .join(' ');
  if (move && cancel) return undo;
  if (undo) return `${undo} Too late to move this one here.`;
  if (cancel) return 'Too late to move this one here.';
  return `Too late to ${move ? 'cancel' : 'move or cancel'} this one here.`;
}

/** Whether the only reason that it can still be cancelled is that it was booked minutes ago. */
export function isJustBooked({ startsAt }: AppointmentView, { practice, now }: Rules): boolean {
  return !canClientCancel({ start: startsAt, now, cutoffMinutes: practice.cancelCutoffMinutes });
}

function describeUndo({ bookedAt }: AppointmentView, { practice }: Rules): string {
  const until = formatTime(practice.timeZone, bookedAt + LATE_BOOKING_UNDO_MINUTES * 60_000, practice.locale);
  return `You have just booked it, and can cancel it until ${until}.`;
}

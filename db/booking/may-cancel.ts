import { isStaff, type Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Practice } from '@/db/practice/practice';
import { canClientCancel } from '@/scheduling/booking-policy';

/**
 * The practice may cancel at any time before the end. Nobody may cancel what is over, because its time cannot be
 * released.
 */
export function mayCancel(viewer: Viewer, { cancelCutoffMinutes: cutoffMinutes }: Practice, now: number) {
  return ({ startAt: start, endAt, createdAt: bookedAt }: AppointmentRow) =>
    isStaff(viewer) ? endAt > now : canClientCancel({ start, now, cutoffMinutes, bookedAt });
}

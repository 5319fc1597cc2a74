import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import type { AppointmentView } from '@/db/appointments/series';
import type { MoveProposalResult } from '@/db/booking/propose-move';
import { proposeMoveToAllowedTherapists } from '@/db/care/withheld-massages';
import { isDatabaseBusy } from '@/db/connection/database-busy';

/** Where the dates would go, if the chosen one goes there. Null if the calendar is busy just now. */
export async function proposeNewDates(
  { viewer, now }: ManagedSeries,
  { uid }: AppointmentView,
  startsAt: number,
  scope: 'following' | 'all',
): Promise<MoveProposalResult | null> {
  try {
    return await proposeMoveToAllowedTherapists(viewer, { uid, startsAt, scope }, { now });
  } catch (error) {
    if (isDatabaseBusy(error)) return null;
    throw error;
  }
}

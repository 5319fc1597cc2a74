import type { ListSuitedTherapists } from '@/db/booking/allowed-therapists';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { isAllowedTherapist } from '@/scheduling/availability';
import { listSeriesIdsOfClient } from './health-access';
import { findPrenatalTherapistsOfSeries } from './prenatal-therapists';

/**
 * Of all that was told by any link of these clients, for a warning to staff who may not read it: who goes with all of it, and
 * nothing of why.
 */
export function makeListSuitedTherapists(now: number): ListSuitedTherapists {
  return async (db, clientIds) => {
    let suited: string[] | null = null;
    for (const clientId of clientIds) {
      const trained = await findPrenatalTherapistsOfSeries(db, await listSeriesIdsOfClient(db, clientId), now);
      if (trained)
        suited = (suited ?? trained.therapistIds).filter((id) => isAllowedTherapist(trained?.therapistIds, id));
    }
    return suited;
  };
}

/** Whether whoever treats a client has to be asked before this therapist takes their dates. */
export async function mustAskTreatingTherapistFirst(
  clientId: string,
  therapistId: string,
  { now }: Clock,
): Promise<boolean> {
  const suited = await makeListSuitedTherapists(now)(await reader(), [clientId]);
  return suited?.includes(therapistId) === false;
}

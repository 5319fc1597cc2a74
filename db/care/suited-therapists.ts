import type { ListSuitedTherapists } from '@/db/booking/allowed-therapists';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { isAllowedTherapist } from '@/scheduling/availability';
import { listSeriesIdsOfClient } from './health-access';
import { findPrenatalTherapistsOfSeries } from './prenatal-therapists';

/**
 * Finds which therapists suit all answers given through any link of these clients. It gives no reason, because staff
 * who may not read the answers see the warning.
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

/** Whether staff should ask the treating therapist before this therapist takes the client's dates. */
export async function mustAskTreatingTherapistFirst(
  clientId: string,
  therapistId: string,
  { now }: Clock,
): Promise<boolean> {
  const suited = await makeListSuitedTherapists(now)(await reader(), [clientId]);
  return suited?.includes(therapistId) === false;
}

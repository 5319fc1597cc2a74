import { gatherWorkloads } from '@/db/availability/therapist-workloads';
import { gatherBusyResources } from '@/db/claims/busy-resources';
import type { Db } from '@/db/connection/connection';
import { sendTogether } from '@/db/connection/send-together';
import { DEEP_PRESSURE } from '@/db/practice/services';
import type { chooseResources, ResourceNeed } from '@/scheduling/choose-resources';
import type { BookingRules } from '@/scheduling/plan-booking';
import { chooseResourcesWithinCaps, NO_WORKLOAD_CAPS } from '@/scheduling/workload-caps';
import type { BookingTry } from './choices-under-way';
import { lockForCapCount } from './unconfirmed-caps';

type DateToGive = ResourceNeed & { startsAt: number; endsAt: number; serviceId: string };

const MINUTE = 60_000;

/**
 * Chooses a therapist and a room for each date, among those that are free. Clients are held to the therapists’ caps;
 * staff are not. `moving`: appointments that these dates replace, and whose time counts as free; `own`: holds of
 * whoever books. A trial writes nothing. `isRetry`: the first choice was taken meanwhile. All who lost would then try
 * the same next room or therapist, and only one would win each round, so the order is random. `bookingTry`: puts last what other bookings are about to take.
 */
export async function chooseTherapistsAndRooms(
  tx: Db,
  dates: DateToGive[],
  { timeZone, now, services }: BookingRules,
  options: {
    isForStaff: boolean;
    isTrial?: boolean;
    moving?: string[];
    own?: string[];
    isRetry?: boolean;
    bookingTry?: BookingTry;
  },
): Promise<ReturnType<typeof chooseResources>> {
  const { isForStaff, isTrial = false, moving = [], own = [], isRetry = false, bookingTry } = options;
  const therapistIds = [...new Set(dates.flatMap((date) => date.therapistIds))];
  const starts = dates.map(({ startsAt }) => startsAt);
  const within = { start: Math.min(...starts), end: Math.max(...starts) };
  const isUncapped = isForStaff || dates.length === 0;
  const gather = () =>
    sendTogether([
      isUncapped ? NO_WORKLOAD_CAPS : gatherWorkloads(tx, { timeZone, therapistIds, within, moving }),
      gatherBusyResources(tx, dates, now, [...own.map(toHold), ...moving.map(toAppointment)]),
    ]);
  let [loads, busy] = await gather();
  if (loads.caps.size > 0 && !isTrial) {
    // Clients who want different hours of one day share no claim that would stop them: they must count one after the
    // other.
    await lockForCapCount(tx);
    [loads, busy] = await gather();
  }
  const listed = isRetry ? inRandomOrder(dates) : dates;
  const ordered = bookingTry?.sortForTry(listed) ?? listed;
  const loaded = ordered.map((date) => {
    const isDeep = services.get(date.serviceId)?.pressure === DEEP_PRESSURE;
    return { ...date, load: { start: date.startsAt, durationMinutes: (date.endsAt - date.startsAt) / MINUTE, isDeep } };
  });
  const chosen = chooseResourcesWithinCaps(loaded, busy, loads);
  if (chosen.ok) bookingTry?.note(dates, chosen.choices);
  return chosen;
}

const toHold = (ownerUid: string) => ({ kind: 'hold' as const, ownerUid });
const toAppointment = (ownerUid: string) => ({ kind: 'appointment' as const, ownerUid });

/** Lists ids in one random order for all dates, so that a series with any therapist still keeps one where possible. */
function inRandomOrder(dates: DateToGive[]): DateToGive[] {
  const ids = dates.flatMap(({ therapistIds, roomIds }) => [...therapistIds, ...roomIds]);
  const places = new Map(ids.map((id) => [id, Math.random()]));
  const sort = (own: string[]) => [...own].sort((a, b) => places.get(a)! - places.get(b)!);
  return dates.map((date) => ({ ...date, therapistIds: sort(date.therapistIds), roomIds: sort(date.roomIds) }));
}

import { isStaff, type Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { sendTogether } from '@/db/connection/send-together';
import type { Practice } from '@/db/practice/practice';
import type { ActiveService } from '@/db/practice/services';
import { type Invalid, invalid } from '@/db/results';
import type { BookingRules, PlannedDate } from '@/scheduling/plan-booking';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { gatherBookingRules, relaxRulesForStaff } from './booking-rules';
import type { BookingPermission } from './client-booking-permission';
import { findExtraMinutesOfRequestedClient } from './client-extra-minutes';
import { listRequestedDatesOfBoth, type PlannedPair, planBookingForOneOrTwo } from './plan-side-by-side';
import { findBookingPermission, getClientEmail } from './requested-client';

// What a booking is decided by, and its dates as the rules let them be. Nothing is chosen or written yet.

export interface BookingFacts extends PlannedPair {
  isForStaff: boolean;
  /** The client's address; '' for a client without one, whom staff have identified. */
  email: string;
  /** What the practice lets this client do online; staff are not asked. */
  permission: BookingPermission;
  /** Minutes kept free after each date for this client. */
  extraMinutes: number;
  practice: Practice;
  rules: BookingRules;
  /** Who may book the requested massages, as the practice has set it for each; empty for staff. */
  ways: ReadonlySet<ActiveService['booking']>;
  /** The dates of the first person, and after them those of a second. */
  dates: PlannedDate[];
}

export async function gatherBookingFacts(
  tx: Db,
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  { now, isAnyHour }: { now: number; isAnyHour: boolean | undefined },
): Promise<({ ok: true } & BookingFacts) | Invalid> {
  const isForStaff = isStaff(viewer);
  const email = await getClientEmail(tx, request.client);
  const [extraMinutes, permission] = await sendTogether([
    findExtraMinutesOfEither(tx, request, email),
    isForStaff ? ('online' as const) : findBookingPermission(tx, request.client, email),
  ]);
  const requested = listRequestedDatesOfBoth(request);
  const { practice, rules, services } = await gatherBookingRules(tx, requested, now, extraMinutes);
  const planned = planBookingForOneOrTwo(request, isForStaff ? relaxRulesForStaff(rules, isAnyHour) : rules);
  if (!planned.ok) return invalid(planned.issues);
  const { plan, beside } = planned;
  const dates = [...plan.dates, ...(beside?.dates ?? [])];
  const isRequested = ({ id }: ActiveService) => dates.some(({ serviceId }) => serviceId === id);
  const ways = new Set(isForStaff ? [] : services.filter(isRequested).map(({ booking }) => booking));
  return { ok: true, isForStaff, email, permission, extraMinutes, practice, rules, ways, plan, beside, dates };
}

/** The larger extra time of the two: where two come at once, both rooms are kept as long as either needs. */
async function findExtraMinutesOfEither(
  tx: Db,
  { client, beside }: SeriesRequest | StaffSeriesRequest,
  email: string,
): Promise<number> {
  const own = await findExtraMinutesOfRequestedClient(tx, client);
  if (!beside) return own;
  return Math.max(own, await findExtraMinutesOfRequestedClient(tx, { name: beside.name, email }));
}

import { reader } from '@/db/connection/client';
import { listServicesOnline } from '@/db/practice/services';
import type { Clock } from '@/db/results';
import { isAmong } from '@/scheduling/availability';
import type { CareViewer } from './health-access';
import { findTrained, sayWhyTrained, type TrainedOnly } from './prenatal-care';
import { listWithheldMassages, type WithheldMassage } from './withheld-massages';

// What somebody who books again by their own link is not offered, after what they told of their health.

export interface BookingLimits {
  held: WithheldMassage[];
  /** The only therapists who will do; null where any will. */
  trained: TrainedOnly | null;
}

/** Null where nothing is left out. */
export async function findBookingLimits(
  viewer: Extract<CareViewer, { role: 'link' }>,
  { now }: Clock,
): Promise<BookingLimits | null> {
  const db = await reader();
  const [held, trained] = [await listWithheldMassages(viewer, { db, now }), await findTrained(viewer, { db, now })];
  return held.length === 0 && trained === null ? null : { held, trained };
}

/** As `findBookingLimits`, of several plans of one client. */
export async function findLimitsOfPlans(
  viewers: Extract<CareViewer, { role: 'link' }>[],
  clock: Clock,
): Promise<BookingLimits | null> {
  return mergeLimits(await Promise.all(viewers.map((viewer) => findBookingLimits(viewer, clock))));
}

/** What any of them leaves out is left out; null where none leaves anything out. */
export function mergeLimits(found: (BookingLimits | null)[]): BookingLimits | null {
  const limits = found.filter((one) => one !== null);
  if (limits.length === 0) return null;
  const held = new Map(limits.flatMap((one) => one.held).map((one) => [one.serviceId, one]));
  const needed = limits.flatMap(({ trained }) => trained ?? []);
  return { held: [...held.values()], trained: needed.length === 0 ? null : narrow(needed) };
}

function narrow(needed: TrainedOnly[]): TrainedOnly {
  const ids = needed.flatMap(({ therapistIds }) => therapistIds);
  return {
    therapistIds: [...new Set(ids)].filter((id) => needed.every((trained) => isAmong(trained.therapistIds, id))),
    isTold: needed.some(({ isTold }) => isTold),
  };
}

/** The massages that are left, each with those who may give it; one that nobody may give is left out too. */
export function withinLimits<Service extends { id: string; therapists: string[] }>(
  services: Service[],
  { held, trained }: BookingLimits,
): Service[] {
  return services
    .filter(({ id }) => !held.some(({ serviceId }) => serviceId === id))
    .map((service) => ({
      ...service,
      therapists: service.therapists.filter((id) => isAmong(trained?.therapistIds, id)),
    }))
    .filter(({ therapists }) => therapists.length > 0);
}

/** What is left out of what can be booked online, and why, for their own pages: one entry a reason. */
export async function sayBookingLimits({ held, trained }: BookingLimits): Promise<{ names: string[]; why: string }[]> {
  const services = await listServicesOnline();
  const reasons = [...new Set(held.map(({ why }) => why))];
  const left = reasons.map((why) => ({
    why,
    names: services
      .filter(({ id }) => held.some((one) => one.serviceId === id && one.why === why))
      .map(({ name }) => name),
  }));
  return [
    ...left.filter(({ names }) => names.length > 0),
    ...(trained ? [{ names: [], why: sayWhyTrained(trained) }] : []),
  ];
}

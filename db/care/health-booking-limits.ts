import { reader } from '@/db/connection/database-client';
import { listServicesBookableOnline } from '@/db/practice/services';
import type { Clock } from '@/db/results';
import { isAllowedTherapist } from '@/scheduling/availability';
import type { CareViewer } from './health-access';
import { findPrenatalTherapistsForClient, formatPrenatalReason, type PrenatalTherapists } from './prenatal-therapists';
import { listWithheldMassages, type WithheldMassage } from './withheld-massages';

// What a client who books again by their own link is not offered, because of their health answers.

export interface HealthBookingLimits {
  held: WithheldMassage[];
  /** The only therapists allowed; null if any may. */
  trained: PrenatalTherapists | null;
}

/** Null if nothing is ruled out. */
export async function findHealthBookingLimits(
  viewer: Extract<CareViewer, { role: 'link' }>,
  { now }: Clock,
): Promise<HealthBookingLimits | null> {
  const db = await reader();
  const [held, trained] = [
    await listWithheldMassages(viewer, { db, now }),
    await findPrenatalTherapistsForClient(viewer, { db, now }),
  ];
  return held.length === 0 && trained === null ? null : { held, trained };
}

/** Like `findHealthBookingLimits`, for several plans of one client. */
export async function findHealthLimitsOfPlans(
  viewers: Extract<CareViewer, { role: 'link' }>[],
  clock: Clock,
): Promise<HealthBookingLimits | null> {
  return mergeHealthLimits(await Promise.all(viewers.map((viewer) => findHealthBookingLimits(viewer, clock))));
}

/** Rules out whatever any of them rules out; null if none does. */
export function mergeHealthLimits(found: (HealthBookingLimits | null)[]): HealthBookingLimits | null {
  const limits = found.filter((limit) => limit !== null);
  if (limits.length === 0) return null;
  const held = new Map(limits.flatMap((entry) => entry.held).map((entry) => [entry.serviceId, entry]));
  const needed = limits.flatMap(({ trained }) => trained ?? []);
  return { held: [...held.values()], trained: needed.length === 0 ? null : narrow(needed) };
}

function narrow(needed: PrenatalTherapists[]): PrenatalTherapists {
  const ids = needed.flatMap(({ therapistIds }) => therapistIds);
  return {
    therapistIds: [...new Set(ids)].filter((id) =>
      needed.every((trained) => isAllowedTherapist(trained.therapistIds, id)),
    ),
    isPregnancyStated: needed.some(({ isPregnancyStated }) => isPregnancyStated),
  };
}

/**
 * The massages that remain, each with the therapists who may give it. A massage that no therapist may give is left out.
 */
export function filterServicesByHealthLimits<Service extends { id: string; therapists: string[] }>(
  services: Service[],
  { held, trained }: HealthBookingLimits,
): Service[] {
  return services
    .filter(({ id }) => !held.some(({ serviceId }) => serviceId === id))
    .map((service) => ({
      ...service,
      therapists: service.therapists.filter((id) => isAllowedTherapist(trained?.therapistIds, id)),
    }))
    .filter(({ therapists }) => therapists.length > 0);
}

/** Explains on the client's own pages what they cannot book online: one entry for each reason. */
export async function describeHealthLimits({
  held,
  trained,
}: HealthBookingLimits): Promise<{ names: string[]; why: string }[]> {
  const services = await listServicesBookableOnline();
  const reasons = [...new Set(held.map(({ why }) => why))];
  const byReason = reasons.map((why) => ({
    why,
    names: services
      .filter(({ id }) => held.some((entry) => entry.serviceId === id && entry.why === why))
      .map(({ name }) => name),
  }));
  return [
    ...byReason.filter(({ names }) => names.length > 0),
    ...(trained ? [{ names: [], why: formatPrenatalReason(trained) }] : []),
  ];
}

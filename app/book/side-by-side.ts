import type { BookingChoice, OfferedService } from './booking-choice';

// Two people who come at the same time: which massages they can have together, and what the second of them has.

/** The massage and length of the second person; null in either means the same as the first person's. */
export interface SecondMassage {
  serviceId: string | null;
  minutes: number | null;
}

interface MassagesAndTherapists {
  services: OfferedService[];
  therapists: { id: string }[];
}

/** The therapists who give every massage of the ladder. */
export function filterTherapistsGivingAll<T extends { id: string }>(
  ladder: string[],
  offer: { services: OfferedService[]; therapists: T[] },
): T[] {
  const needed = offer.services.filter(({ id }) => ladder.includes(id));
  return offer.therapists.filter(({ id }) => needed.every((service) => service.therapists.includes(id)));
}

/** Two people need two therapists, one for each ladder, and two rooms. */
export function canComeAsTwo(ladder: string[], offer: MassagesAndTherapists, secondLadder = ladder): boolean {
  const [firsts, seconds] = [ladder, secondLadder].map((massages) =>
    filterTherapistsGivingAll(massages, offer).map(({ id }) => id),
  );
  const roomsOf = (id: string | undefined) => offer.services.find((service) => service.id === id)?.rooms ?? [];
  return (
    areTwoOf(firsts!, seconds!) && ladder.every((id, at) => areTwoOf(roomsOf(id), roomsOf(secondLadder[at] ?? id)))
  );
}

/** Whether one can be taken from each list, and the two differ. */
function areTwoOf(these: string[], those: string[]): boolean {
  return these.length > 0 && those.length > 0 && new Set([...these, ...those]).size > 1;
}

/** The massages that a second person could have at the same time, other than the first person's own. */
export function listMassagesBeside<Service extends OfferedService>(
  ladder: string[],
  offer: { services: Service[]; therapists: { id: string }[] },
): Service[] {
  return offer.services.filter(
    ({ id }) => ladder.some((own) => own !== id) && canComeAsTwo(ladder, offer, repeat(id, ladder)),
  );
}

/** The lengths in which every massage of the ladder is offered. */
export function listCommonLengths(ladder: string[], services: OfferedService[]): number[] {
  const [first, ...rest] = services.filter(({ id }) => ladder.includes(id));
  return (first?.lengths ?? [])
    .map(({ minutes }) => minutes)
    .filter((minutes) => rest.every(({ lengths }) => lengths.some((length) => length.minutes === minutes)));
}

/**
 * The massage requested for the second person, as far as it can be given beside this ladder. It is the same as the
 * first person's unless another was chosen or the same cannot be given twice at once. Null where two people cannot come
 * together.
 */
export function readSecondMassage(
  requested: { serviceId: string | undefined; minutes: number | undefined },
  plan: { ladder: string[]; minutes: number },
  offer: MassagesAndTherapists,
): SecondMassage | null {
  const possible = listMassagesBeside(plan.ladder, offer);
  const chosen = possible.find(({ id }) => id === requested.serviceId);
  const isSamePossible = canComeAsTwo(plan.ladder, offer);
  const serviceId = chosen?.id ?? (isSamePossible ? null : possible[0]?.id);
  if (serviceId === undefined) return null;
  const lengths = listCommonLengths(serviceId === null ? plan.ladder : [serviceId], offer.services);
  const { minutes = plan.minutes } = requested;
  const own = [minutes, plan.minutes, 60].find((length) => lengths.includes(length)) ?? lengths[0] ?? null;
  return { serviceId, minutes: own === plan.minutes ? null : own };
}

/** The second person's massage for each session, and the length of each. */
export function getSecondPlan({ ladder, minutes, second }: Pick<BookingChoice, 'ladder' | 'minutes' | 'second'>): {
  ladder: string[];
  minutes: number;
} {
  return {
    ladder: second?.serviceId ? repeat(second.serviceId, ladder) : ladder,
    minutes: second?.minutes ?? minutes,
  };
}

/** Whether the second person has a massage or a length of their own. */
export function hasOwnMassage(choice: Pick<BookingChoice, 'ladder' | 'minutes' | 'second'>): boolean {
  const { ladder, minutes } = getSecondPlan(choice);
  return minutes !== choice.minutes || ladder.some((id, at) => id !== choice.ladder[at]);
}

/** The second person's massages and length for searches and bookings, where they differ from the first person's. */
export function buildBesideQuery(choice: BookingChoice): { beside?: { serviceIds: string[]; minutes: number } } {
  if (!choice.isForTwo || !hasOwnMassage(choice)) return {};
  const { ladder, minutes } = getSecondPlan(choice);
  return { beside: { serviceIds: ladder, minutes } };
}

function repeat(id: string, ladder: string[]): string[] {
  return ladder.map(() => id);
}

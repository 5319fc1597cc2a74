import type { BookingChoice, OfferedService } from './booking-url';

// Two people at one time, side by side: which massages they can have together, and what the second of them has.

/** The massage and length of the second person; null in either is that of the first. */
export interface SecondMassage {
  serviceId: string | null;
  minutes: number | null;
}

interface Offer {
  services: OfferedService[];
  therapists: { id: string }[];
}

/** Those who give every massage of the ladder. */
export function filterTherapistsGivingAll<T extends { id: string }>(
  ladder: string[],
  offer: { services: OfferedService[]; therapists: T[] },
): T[] {
  const needed = offer.services.filter(({ id }) => ladder.includes(id));
  return offer.therapists.filter(({ id }) => needed.every((service) => service.therapists.includes(id)));
}

/** Two need two therapists, one who gives all of the one ladder and one who gives all of the other, and two rooms. */
export function canComeAsTwo(ladder: string[], offer: Offer, secondLadder = ladder): boolean {
  const [firsts, seconds] = [ladder, secondLadder].map((massages) =>
    filterTherapistsGivingAll(massages, offer).map(({ id }) => id),
  );
  const roomsOf = (id: string | undefined) => offer.services.find((service) => service.id === id)?.rooms ?? [];
  return (
    areTwoOf(firsts!, seconds!) && ladder.every((id, at) => areTwoOf(roomsOf(id), roomsOf(secondLadder[at] ?? id)))
  );
}

/** One of these and one of those, and not the same. */
function areTwoOf(these: string[], those: string[]): boolean {
  return these.length > 0 && those.length > 0 && new Set([...these, ...those]).size > 1;
}

/** What a second person could have beside this ladder, other than the same. */
export function listMassagesBeside<Service extends OfferedService>(
  ladder: string[],
  offer: { services: Service[]; therapists: { id: string }[] },
): Service[] {
  return offer.services.filter(
    ({ id }) => ladder.some((own) => own !== id) && canComeAsTwo(ladder, offer, repeat(id, ladder)),
  );
}

/** The lengths in which every one of these massages is offered. */
export function listCommonLengths(ladder: string[], services: OfferedService[]): number[] {
  const [first, ...rest] = services.filter(({ id }) => ladder.includes(id));
  return (first?.lengths ?? [])
    .map(({ minutes }) => minutes)
    .filter((minutes) => rest.every(({ lengths }) => lengths.some((length) => length.minutes === minutes)));
}

/**
 * What was asked for the second person, as far as it can be had beside this ladder: the same as the first unless another
 * massage was chosen or the same one cannot be given twice at once. Null where no two can come together.
 */
export function readSecondMassage(
  requested: { serviceId: string | undefined; minutes: number | undefined },
  plan: { ladder: string[]; minutes: number },
  offer: Offer,
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

/** One massage a session for the second person, and how long each is. */
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

/** What is looked for and booked for the second person, where it is not what the first has. */
export function buildBesideQuery(choice: BookingChoice): { beside?: { serviceIds: string[]; minutes: number } } {
  if (!choice.isForTwo || !hasOwnMassage(choice)) return {};
  const { ladder, minutes } = getSecondPlan(choice);
  return { beside: { serviceIds: ladder, minutes } };
}

function repeat(id: string, ladder: string[]): string[] {
  return ladder.map(() => id);
}

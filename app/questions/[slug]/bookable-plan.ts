import type { PricedMassage } from '@/app/book/booking-wording';
import type { MassageId } from '@/questions/front-matter';

/** The name of a massage, its current prices by length, and who gives it. */
export interface MassageWithPrices extends PricedMassage {
  name: string;
}

export interface BookablePlan {
  /** One massage for each session, all of them offered here. */
  massages: string[];
  minutes: number;
  /** The massages that the page suggests and this practice does not offer. */
  missing: MassageId[];
  /** The practice offers the massages, but not in the length that the page suggests. */
  isOtherLength: boolean;
}

/**
 * The plan of a page as this practice can give it. A massage that is not offered is replaced by the plan's other
 * massage, or else by the first that the practice offers; the length is the nearest to the page's. Null where nothing
 * can be booked online.
 */
export function toBookablePlan(
  plan: { massages: MassageId[]; minutes: number },
  offers: MassageWithPrices[],
): BookablePlan | null {
  const sold = offers.filter(({ lengths }) => lengths.length > 0);
  const find = (id: string) => sold.find((offer) => offer.id === id);
  const [first] = sold;
  if (!first) return null;
  const instead = plan.massages.find(find) ?? first.id;
  const massages = plan.massages.map((id) => (find(id) ? id : instead));
  const inAll = (minutes: number) =>
    massages.every((id) => find(id)!.lengths.some((length) => length.minutes === minutes));
  const nearest = (all: { minutes: number }[]) =>
    all.map(({ minutes }) => minutes).sort((a, b) => Math.abs(a - plan.minutes) - Math.abs(b - plan.minutes));
  const lengths = nearest(find(massages[0]!)!.lengths);
  const shared = lengths.find(inAll);
  return {
    // Two massages without a common length cannot be booked as one plan.
    massages: shared === undefined ? massages.map(() => massages[0]!) : massages,
    minutes: shared ?? lengths[0]!,
    missing: [...new Set(plan.massages.filter((id) => !find(id)))],
    isOtherLength: (shared ?? lengths[0]) !== plan.minutes,
  };
}

import { sayMinutes, sayMoney } from '@/scheduling/words';
import type { OfferedService } from './address';
import type { DateRow } from './dates';
import { countsOf, type Money, nameOf, priceOf, sayList, sayService, sumOf } from './words';

/** What the kept dates come to, in words. */
export function sayTotals(rows: DateRow[], minutes: number, services: OfferedService[], money: Money) {
  const kept = rows.filter(({ state }) => state !== 'skipped');
  const ladder = kept.map(({ serviceId }) => serviceId);
  const price = (cents: number) => sayMoney(cents, money.currency, money.locale);
  const sum = price(sumOf(ladder, minutes, services));
  const each = countsOf(ladder).map(
    ({ serviceId, sessions }) =>
      `${sessions} ${sayService(nameOf(serviceId, services))} at ${price(priceOf(serviceId, minutes, services))}`,
  );
  return {
    count: kept.length,
    sum,
    heading: `${kept.length} ${kept.length === 1 ? 'session' : 'sessions'}, ${sum}`,
    price: `${kept.length === 1 ? sum : each.join(', ')}. Pay at ${kept.length === 1 ? 'the' : 'each'} visit.`,
    time: sayMinutes(minutes * kept.length),
    massages: sayList(countsOf(ladder).map(({ serviceId }) => sayService(nameOf(serviceId, services)))),
    last: kept.reduce<DateRow | undefined>(
      (latest, row) => (latest && latest.startsAt > row.startsAt ? latest : row),
      undefined,
    ),
  };
}

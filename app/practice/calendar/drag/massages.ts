import type { ServiceOffer } from '@/db/practice/services';
import { ownPricesOf, priceWith } from '@/scheduling/booking';
import { sayMoney } from '@/scheduling/wording';
import type { MovableMassage } from './places';

/** Who of those shown gives each massage, and what its lengths cost with them. */
export function movableMassages(
  services: ServiceOffer[],
  shown: string[],
  { currency, locale }: { currency: string; locale: string },
): Record<string, MovableMassage> {
  return Object.fromEntries(
    services.map((service) => {
      const therapistIds = shown.filter((id) => service.therapists.includes(id));
      const prices = service.lengths.flatMap(({ minutes, priceCents }) => {
        const ownPrices = ownPricesOf(service, minutes);
        return therapistIds.map((id): [string, string] => [
          `${id} ${minutes}`,
          sayMoney(priceWith({ priceCents, ownPrices }, id), currency, locale),
        ]);
      });
      const lengths = service.lengths.map(({ minutes }) => minutes);
      return [service.id, { therapistIds, lengths, prices: Object.fromEntries(prices) }];
    }),
  );
}

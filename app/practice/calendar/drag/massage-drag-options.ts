import type { ActiveService } from '@/db/practice/services';
import { formatMoney } from '@/scheduling/format-money';
import { getPriceOfLength } from '@/scheduling/plan-booking';
import type { MassageDragOptions } from './appointment-placement';

/** Which of the shown therapists give each massage, and the price of its lengths with each of them. */
export function buildMassageDragOptions(
  services: ActiveService[],
  shown: string[],
  { currency, locale }: { currency: string; locale: string },
): Record<string, MassageDragOptions> {
  return Object.fromEntries(
    services.map((service) => {
      const therapistIds = shown.filter((id) => service.therapists.includes(id));
      const prices = service.lengths.flatMap(({ minutes }) =>
        therapistIds.map((id): [string, string] => [
          `${id} ${minutes}`,
          formatMoney(getPriceOfLength(service, minutes, id), currency, locale),
        ]),
      );
      const lengths = service.lengths.map(({ minutes }) => minutes);
      return [service.id, { therapistIds, lengths, prices: Object.fromEntries(prices) }];
    }),
  );
}

import type { OfferedService } from '@/app/book/booking-choice';
import { getServicePriceCents } from '@/app/book/booking-wording';
import { RadioMark } from '@/components/radio-mark';
import { PressureBars } from './pressure-bars';

export interface MassageOffer extends OfferedService {
  summary: string;
  suits: string;
}

export function MassageCard(props: { massage: MassageOffer; minutes: number; price: (cents: number) => string }) {
  const { massage, minutes, price } = props;
  const length = massage.lengths.find((length) => length.minutes === minutes) ?? massage.lengths[0];
  return (
    <>
      <span className="flex min-h-8 items-center gap-3">
        <RadioMark />
        <span className="min-w-0 flex-1 font-serif text-title wrap-anywhere font-medium tracking-[-0.01em]">
          {massage.name}
        </span>
        <span aria-hidden="true" className="hidden text-small text-soft slim:group-has-checked:inline">
          Chosen
        </span>
      </span>
      <span className="font-serif text-read leading-[1.6875rem] @min-[44rem]:pt-2 @min-[44rem]:pb-4">
        {massage.summary}
      </span>
      <span className="mt-2 grid slim:grid-cols-[4.75rem_minmax(0,1fr)] content-start gap-2 border-t border-line pt-3 text-small @min-[44rem]:mt-0">
        {massage.suits && (
          <>
            <span className="text-soft">Suits</span>
            <span>{massage.suits}</span>
          </>
        )}
        <span className="text-soft">Pressure</span>
        <PressureBars pressure={massage.pressure} />
        <span className="text-soft">{length?.minutes} minutes</span>
        <span>{price(getServicePriceCents(massage.id, length?.minutes ?? minutes, [massage]))}</span>
      </span>
    </>
  );
}

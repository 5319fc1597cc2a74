import type { BookingChoice, BookingOptions, OfferedService } from '@/app/book/booking-choice';
import { getServicePriceCents } from '@/app/book/booking-wording';
import { listCommonLengths, readSecondMassage } from '@/app/book/side-by-side';
import { RadioMark } from '@/components/radio-mark';
import { RadioGroup, RadioOption, SEGMENTED_CONTROL_CLASS } from '@/components/radio-options';
import { Section } from '@/components/section';

/**
 * The second person's massage. The choice of two people opens it with CSS, so it works without script. Until it is changed it
 * is the same as the first person's.
 */
export function SecondPersonSection(props: {
  offer: BookingOptions;
  choice: BookingChoice;
  beside: OfferedService[];
  canHaveSame: boolean;
  price: (cents: number) => string;
}) {
  const { offer, choice, beside, canHaveSame, price } = props;
  // Until two people come, this is what would be read for the second. An empty length means the same as the first
  // person's.
  const second = choice.second ?? readSecondMassage({ serviceId: undefined, minutes: undefined }, choice, offer);
  const serviceId = second?.serviceId ?? null;
  const lengths = listCommonLengths(serviceId === null ? choice.ladder : [serviceId], offer.services);
  const priceOf = (length: number) =>
    price(getServicePriceCents(serviceId ?? choice.serviceId, length, offer.services));
  return (
    <div id="second" className="hidden group-has-[[name=people][value='2']:checked]/plan:block">
      <Section title="The second person" aside="Both begin at the same time. Each can have their own massage.">
        <RadioGroup legend="Massage of the second person" className="flex flex-wrap gap-2">
          {canHaveSame && (
            <RadioOption look="chip" name="other" value="" defaultChecked={serviceId === null}>
              <RadioMark />
              The same massage
            </RadioOption>
          )}
          {beside.map(({ id, name }) => (
            <RadioOption key={id} look="chip" name="other" value={id} defaultChecked={serviceId === id}>
              <RadioMark />
              {name}
            </RadioOption>
          ))}
        </RadioGroup>
        <RadioGroup legend="Length for the second person" className={`mt-4 ${SEGMENTED_CONTROL_CLASS}`}>
          {lengths.map((length) => (
            <RadioOption
              key={length}
              look="segment"
              name="otherMinutes"
              value={length === choice.minutes ? '' : String(length)}
              defaultChecked={length === (second?.minutes ?? choice.minutes)}
            >
              <span>{length} min</span>
              <span className="text-tiny text-soft group-has-checked:text-on-euc">{priceOf(length)}</span>
            </RadioOption>
          ))}
        </RadioGroup>
      </Section>
    </div>
  );
}

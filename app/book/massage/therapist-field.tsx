import type { BookingChoice, BookingOptions } from '@/app/book/booking-choice';
import { formatList, formatServiceNameInSentence, makeShortNames } from '@/app/book/booking-wording';
import { filterTherapistsGivingAll } from '@/app/book/side-by-side';
import { RadioMark } from '@/components/radio-mark';
import { RadioGroup, RadioOption } from '@/components/radio-options';
import { TherapistCard } from '@/components/therapist-card';

/** Whom to come to: anyone, or one of those who give every massage of the plan. */
export function TherapistField({ offer, choice }: { offer: BookingOptions; choice: BookingChoice }) {
  const names = makeShortNames(offer.therapists);
  const givers = filterTherapistsGivingAll(choice.ladder, offer);
  const others = offer.therapists.filter(({ id }) => !givers.some((giver) => giver.id === id));
  const missing = (id: string) =>
    offer.services.filter((service) => choice.ladder.includes(service.id) && !service.therapists.includes(id));
  const [only, ...more] = offer.therapists;
  // Where only one person works, there is no choice of therapist.
  if (only && more.length === 0) return <TherapistCard {...only} />;
  return (
    <>
      <RadioGroup legend="Therapist" className="flex flex-wrap gap-2">
        <RadioOption look="chip" name="therapist" value="" defaultChecked={choice.therapistId === null}>
          <RadioMark />
          <span>
            Anyone <span className="text-tiny text-soft">most times to choose from</span>
          </span>
        </RadioOption>
        {givers.map(({ id }) => (
          <RadioOption key={id} look="chip" name="therapist" value={id} defaultChecked={choice.therapistId === id}>
            <RadioMark />
            <span>{names[id]}</span>
          </RadioOption>
        ))}
      </RadioGroup>
      <ul className="mt-4 grid gap-3 mid:grid-cols-2">
        {givers.map((giver) => (
          <li key={giver.id}>
            <TherapistCard {...giver} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <p className="mt-3 text-small text-soft">
          {others
            .map(
              ({ id }) =>
                `${names[id]} does not give ${formatList(
                  missing(id).map(({ name }) => formatServiceNameInSentence(name)),
                  'or',
                )}.`,
            )
            .join(' ')}
        </p>
      )}
    </>
  );
}

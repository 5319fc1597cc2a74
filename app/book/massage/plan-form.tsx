import type { ReactNode } from 'react';
import type { BookingChoice, BookingOptions } from '@/app/book/booking-choice';
import { bookingHref, toBookingParams } from '@/app/book/booking-url';
import {
  describePlan,
  formatMassagesLeftOut,
  getServicePriceCents,
  type MoneyFormat,
} from '@/app/book/booking-wording';
import { canComeAsTwo, listMassagesBeside } from '@/app/book/side-by-side';
import { Button } from '@/components/button';
import { PageScript } from '@/components/page-script';
import { RadioMark } from '@/components/radio-mark';
import { RadioGroup, RadioOption, SEGMENTED_CONTROL_CLASS } from '@/components/radio-options';
import { Section } from '@/components/section';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatCadence } from '@/scheduling/formatting';
import { MassageCard, type MassageOffer } from './massage-card';
import { SecondPersonSection } from './second-person-section';
import { SessionMassagesField } from './session-massages-field';
import { SessionsStepper } from './sessions-stepper';
import { TherapistField } from './therapist-field';

interface PlanFormProps {
  offer: BookingOptions<MassageOffer>;
  choice: BookingChoice;
  money: MoneyFormat;
  /** The reason for the suggested cadence, when a question suggests one. */
  basis: ReactNode;
}

const ownFields = new Set([
  'type',
  'minutes',
  'cadence',
  'sessions',
  'people',
  'other',
  'otherMinutes',
  'therapist',
  'ladder',
  'step',
  'key',
]);

/**
 * A plain form whose fields become the address of the next step. With script it is drawn anew after every change, and
 * shows at once what the plan costs (browser/plan.ts).
 */
export function PlanForm({ offer, choice, money, basis }: PlanFormProps) {
  const service = offer.services.find(({ id }) => id === choice.serviceId) ?? offer.services[0];
  const price = (cents: number) => formatMoney(cents, money.currency, money.locale);
  const beside = listMassagesBeside(choice.ladder, offer);
  const canHaveSame = canComeAsTwo(choice.ladder, offer);
  const leftOut = (offer.question?.ladder ?? []).filter((id) => !offer.services.some((service) => service.id === id));
  const hiddenFields = toBookingParams(choice).filter(([name]) => !ownFields.has(name) && !/^d\d+$/.test(name));

  return (
    <form
      id="plan-form"
      action="/book"
      method="get"
      data-address={bookingHref(choice, 'massage')}
      className="group/plan"
    >
      {/* Enter in a field presses the first button of the form. */}
      <button type="submit" name="step" value="time" className="sr-only" tabIndex={-1} aria-hidden="true">
        See the times
      </button>
      {hiddenFields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="was" value={`${choice.serviceId}.${choice.preset}`} />

      <Section
        title="Massage"
        id="massage"
        aside={<a href="/questions/swedish-deep-tissue-or-sports">Swedish, deep tissue or sports first?</a>}
      >
        <RadioGroup
          legend="Massage"
          className="grid gap-3 @min-[44rem]:grid-cols-3 @min-[44rem]:gap-x-4 @min-[44rem]:gap-y-0"
        >
          {offer.services.map((massage) => (
            <RadioOption
              key={massage.id}
              look="card"
              name="type"
              value={massage.id}
              defaultChecked={massage.id === service?.id}
            >
              <MassageCard massage={massage} minutes={choice.minutes} price={price} />
            </RadioOption>
          ))}
        </RadioGroup>
      </Section>

      <Section title="Length" id="length">
        <RadioGroup legend="Length" className={SEGMENTED_CONTROL_CLASS}>
          {service?.lengths.map(({ minutes }) => (
            <RadioOption
              key={minutes}
              look="segment"
              name="minutes"
              value={String(minutes)}
              defaultChecked={minutes === choice.minutes}
            >
              <span>{minutes} min</span>
              <span className="text-tiny text-soft group-has-checked:text-on-euc">
                {price(getServicePriceCents(service.id, minutes, offer.services, choice.therapistId))}
              </span>
            </RadioOption>
          ))}
        </RadioGroup>
      </Section>

      <Section
        title="How often"
        id="how-often"
        aside={<a href="/questions/how-often-massage">How often should you come?</a>}
      >
        <RadioGroup legend="How often" className={SEGMENTED_CONTROL_CLASS}>
          {(['once', 'weekly', 'biweekly'] as const).map((cadence) => (
            <RadioOption
              key={cadence}
              look="segment"
              name="cadence"
              value={cadence}
              defaultChecked={cadence === choice.cadence}
            >
              {capitalizeFirstLetter(formatCadence(cadence))}
            </RadioOption>
          ))}
        </RadioGroup>
        <div className="mt-3 max-w-[36rem] text-small text-soft">
          <p>{choice.cadence === 'once' ? 'One visit.' : 'The same day and hour each time.'}</p>
          {choice.cadence === offer.question?.cadence && basis}
        </div>
      </Section>

      {choice.cadence === 'once' ? (
        <input type="hidden" name="sessions" value={choice.wanted} />
      ) : (
        <Section title="How many sessions" id="how-many">
          <SessionsStepper sessions={choice.wanted} most={offer.maxSessions}>
            {offer.question ? `The page suggests ${offer.question.ladder.length}. ` : ''}
            {leftOut.length > 0 && `It suggests ${formatMassagesLeftOut(leftOut)}. `}You can stop after any session.
          </SessionsStepper>
        </Section>
      )}

      {(canHaveSame || beside.length > 0) && (
        <>
          <Section title="For how many" id="for-how-many">
            <RadioGroup legend="For how many" className="flex flex-wrap gap-2">
              <RadioOption look="chip" name="people" value="1" defaultChecked={!choice.isForTwo}>
                <RadioMark />
                One person
              </RadioOption>
              <RadioOption look="chip" name="people" value="2" defaultChecked={choice.isForTwo}>
                <RadioMark />
                <span>
                  Two, side by side <span className="text-tiny text-soft">two therapists, two rooms</span>
                </span>
              </RadioOption>
            </RadioGroup>
          </Section>
          <SecondPersonSection {...{ offer, choice, beside, canHaveSame, price }} />
        </>
      )}

      <Section title="Therapist" id="therapist">
        <TherapistField offer={offer} choice={choice} />
      </Section>

      {choice.sessions > 1 && offer.services.length > 1 && (
        <Section
          title="Start gently"
          id="start-gently"
          aside="Each session can be its own massage. You can stay at any level."
        >
          <SessionMassagesField choice={choice} services={offer.services} />
        </Section>
      )}

      <Section title="Your plan" id="your-plan">
        <p
          id="plan-in-words"
          aria-live="polite"
          data-unknown="Press “See the times” for the price of this plan."
          className="mb-6 aria-busy:opacity-50 max-w-[30em] font-serif text-title leading-[1.9375rem] tracking-[-0.01em] text-pretty wide:text-[1.75rem] wide:leading-9"
        >
          {describePlan(choice, offer.services, money)}
        </p>
        <Button name="step" value="time" broad>
          See the times
        </Button>
      </Section>
      <PageScript name="plan" />
    </form>
  );
}

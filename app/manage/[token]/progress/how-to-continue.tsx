import type { ReactNode } from 'react';
import { formatList } from '@/app/book/booking-wording';
import { formatClashReason } from '@/app/manage/[token]/format-clash-reason';
import { formatPauseValue } from '@/app/manage/[token]/pause-value';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import type { PlanChangeOption, ProgressCheckInView } from '@/db/care/progress-check-in';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName, formatHowToContact } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { chooseHowToContinue } from './actions';

interface Practice {
  name: string;
  phone: string;
  timeZone: string;
  locale: string;
  currency: string;
}

const PRESSURES = ['', 'light', 'medium', 'firm'];

/** Five ways to continue, with equal buttons: none is preselected, and each says what it does. */
export function HowToContinue({
  token,
  view,
  practice,
}: {
  token: string;
  view: ProgressCheckInView;
  practice: Practice;
}) {
  const { remaining, freed, pause, spaced, changes, sessionsOver, isUnder18, chosen } = view;
  const day = (instant: number) => formatDay(toWallTime(practice.timeZone, instant).on, 'short', practice.locale);
  const time = (instant: number) => formatTime(practice.timeZone, instant, practice.locale);
  const more =
    remaining.length === 1
      ? 'One more date'
      : `${capitalizeFirstLetter(formatNumberInWords(remaining.length))} more dates`;
  const price = formatMoney(
    remaining.reduce((sum, { priceCents }) => sum + priceCents, 0),
    practice.currency,
    practice.locale,
  );
  const tooLateCount = remaining.length - freed;
  const staying =
    tooLateCount > 0
      ? ` ${tooLateCount === 1 ? 'One is' : `${capitalizeFirstLetter(formatNumberInWords(tooLateCount))} are`} too near to cancel here.`
      : '';
  const hidden = (choice: string) => (
    <>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="choice" value={choice} />
    </>
  );
  const spacedLast = spaced?.dates.findLast(({ startsAt }) => startsAt !== null)?.startsAt;
  return (
    <Section
      id="next"
      title="What next?"
      aside={`You have had ${formatNumberInWords(sessionsOver)} sessions. None of these is chosen for you.`}
    >
      {isUnder18 && (
        <p className="mb-4 max-w-[40rem]">The client is under 18: their parent or guardian chooses, with them.</p>
      )}
      {chosen && (
        <p className="mb-4 max-w-[40rem] text-small text-soft">
          On {day(chosen.at)} you chose: {CHOSEN[chosen.choice]}. You can choose again.
        </p>
      )}
      <ul className="max-w-[46rem] border-t border-ink">
        <Way title="Keep going as planned" text={`${more}, ${price} in total.`}>
          <ActionForm action={chooseHowToContinue}>
            {hidden('continue')}
            <WayButton>Keep my dates</WayButton>
          </ActionForm>
        </Way>
        <Way
          title="Change the massage, the pressure or the therapist"
          text={
            changes.length > 0
              ? 'All your remaining dates, at the times you have.'
              : `Nothing else is free at your times. Please ${formatHowToContact(practice)}.`
          }
        >
          {changes.length > 0 && (
            <ActionForm action={chooseHowToContinue}>
              {hidden('change')}
              <fieldset className="mb-3">
                <legend className="sr-only">What instead</legend>
                {changes.map((change) => (
                  <label
                    key={`${change.serviceId} ${change.therapistId}`}
                    className="flex min-h-11 items-center gap-3 py-1 text-[0.9375rem]"
                  >
                    <input
                      type="radio"
                      name="massage"
                      required
                      value={`${change.serviceId} ${change.therapistId}`}
                      className="size-5 flex-none accent-euc"
                    />
                    <span>{describeChange(change, practice)}</span>
                  </label>
                ))}
              </fieldset>
              <WayButton>Change my dates</WayButton>
            </ActionForm>
          )}
        </Way>
        {spaced && (
          <Way
            title="Come every 2 weeks"
            text={spacedLast ? `As many dates, until ${day(spacedLast)}.` : 'As many dates, further apart.'}
          >
            <details className="mb-3 text-small">
              <summary className="min-h-11 w-fit cursor-pointer py-3">Show the dates</summary>
              <ol className="text-soft">
                {spaced.dates.map(({ uid, startsAt, wasAt, clash }) => (
                  <li key={uid} className="py-0.5">
                    {startsAt === null
                      ? `${day(wasAt)} will be cancelled: nothing is free near the new day.`
                      : `${day(startsAt)} at ${time(startsAt)}${clash ? `, the nearest free time. Your usual time: ${formatClashReason(clash).toLowerCase()}` : ''}`}
                  </li>
                ))}
              </ol>
            </details>
            <ActionForm action={chooseHowToContinue}>
              {hidden('space_out')}
              <input type="hidden" name="repairs" value={JSON.stringify(spaced.repairs)} />
              <WayButton>Move to every 2 weeks</WayButton>
            </ActionForm>
          </Way>
        )}
        {pause && (
          <Way
            title="Pause for two weeks"
            text={`${formatList(pause.startsAt.map(day))} ${pause.startsAt.length === 1 ? 'is' : 'are'} cancelled, with nothing to pay. ${
              pause.backAt === null
                ? 'You will then have no more dates.'
                : `Your next session after that is ${day(pause.backAt)} at ${time(pause.backAt)}.`
            }`}
          >
            <ActionForm action={chooseHowToContinue}>
              {hidden('pause')}
              <input
                type="hidden"
                name="pause"
                value={formatPauseValue({ until: pause.until, paused: pause.startsAt })}
              />
              <WayButton>{`Cancel ${pause.startsAt.length === 1 ? 'one date' : `${formatNumberInWords(pause.startsAt.length)} dates`} and pause`}</WayButton>
            </ActionForm>
          </Way>
        )}
        {freed > 0 && (
          <Way
            title="Stop here"
            text={`${freed === 1 ? 'One date is' : `${capitalizeFirstLetter(formatNumberInWords(freed))} dates are`} cancelled, with nothing to pay.${staying} You can book again whenever you like.`}
          >
            <ActionForm action={chooseHowToContinue}>
              {hidden('stop')}
              <WayButton>{`Cancel ${freed === 1 ? 'my date' : `my ${formatNumberInWords(freed)} dates`} and stop`}</WayButton>
            </ActionForm>
          </Way>
        )}
      </ul>
      <p className="mt-4 max-w-[40rem] text-small text-soft">
        Nothing changes until you press a button.
        {pause && ' A pause shows most: how you are with the sessions, without them, and with them again.'}
      </p>
    </Section>
  );
}

const CHOSEN: Record<NonNullable<ProgressCheckInView['chosen']>['choice'], string> = {
  continue: 'to keep going',
  change: 'to change the massage or the therapist',
  space_out: 'to come every 2 weeks',
  pause: 'to pause for two weeks',
  stop: 'to stop',
};

function Way({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="border-b border-line py-4">
      <h3 className="font-serif text-[1.125rem] leading-7 font-medium">{title}</h3>
      <p className="mb-3 max-w-[38rem] text-small text-soft">{text}</p>
      {children}
    </li>
  );
}

/** All five look the same. */
function WayButton({ children }: { children: ReactNode }) {
  return (
    <Button kind="plain" broad className="mid:min-w-72">
      {children}
    </Button>
  );
}

function describeChange({ service, pressure, therapist, priceCents }: PlanChangeOption, practice: Practice): string {
  const cost = formatMoney(priceCents, practice.currency, practice.locale);
  return `${service}, ${PRESSURES[pressure]} pressure, with ${extractFirstName(therapist)}: ${cost} each`;
}

import { makeShortNames } from '@/app/book/booking-wording';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import type { CalendarEntry } from '@/db/appointments/calendar';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { swapAppointmentsOfForm } from './actions';
import { HiddenAppointmentFields } from './hidden-appointment-fields';
import { describeMoveWarning } from './move-warnings';
import { StickyPanelFooter } from './panel-frame';

interface SwapFormProps {
  facts: AppointmentFacts;
  /** The day whose other appointments are shown. */
  on: string;
  others: (CalendarEntry & { therapist: string })[];
  /**
   * The other appointment that was chosen, and the first names of the therapists for whom somebody has to be asked
   * first.
   */
  askedFirst: { other: string; askFirst: string[] } | null;
  locale: string;
  /** The calendar's own address with this appointment open. */
  back: string;
  keepHref: string;
}

/** The other appointment is chosen from those on the day that the calendar shows. */
export function SwapForm({ facts, on, others, askedFirst, locale, back, keepHref }: SwapFormProps) {
  const shortNames = makeShortNames(
    [{ therapistId: facts.therapist.id, therapist: facts.therapist.name }, ...others].map(
      ({ therapistId, therapist }) => {
        return { id: therapistId, name: therapist };
      },
    ),
  );
  const title = (
    <span tabIndex={-1} className="font-semibold outline-none">
      {others.length === 0 ? 'Nothing to swap with on' : 'Swap with whom on'} {formatDay(on, 'short', locale)}
    </span>
  );
  if (others.length === 0) {
    return (
      <FocusOnOpening>
        <Notice tone="quiet" title={title}>
          <p>Go to another day to choose one of its appointments.</p>
          <a href={keepHref}>Don’t swap</a>
        </Notice>
      </FocusOnOpening>
    );
  }
  return (
    <FocusOnOpening key={`${on} ${askedFirst?.other}`}>
      <ActionForm action={swapAppointmentsOfForm} className="mt-6 flex flex-col gap-3 border-t-2 border-euc pt-4">
        <HiddenAppointmentFields facts={facts} back={back} />
        {askedFirst && (
          <>
            <input type="hidden" name="meant" value={askedFirst.other} />
            <Notice tone="bad" title="Ask first">
              {askedFirst.askFirst.map((who) => (
                <p key={who}>{describeMoveWarning('ask_first', who)}</p>
              ))}
            </Notice>
          </>
        )}
        <fieldset className="grid gap-1">
          <legend className="mb-1">{title}</legend>
          {others.map(({ uid, version, startsAt, clientName, minutes, therapistId }) => (
            <label key={uid} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="other"
                value={`${uid}.${version}`}
                required
                defaultChecked={askedFirst?.other === `${uid}.${version}`}
                className="size-5 accent-euc"
              />
              <span>
                {formatTime(facts.timeZone, startsAt, locale)} <bdi>{clientName}</bdi>
                <span className="block text-small text-soft">
                  {minutes} minutes with {shortNames[therapistId]}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="text-small text-soft">
          Each begins when the other did, with whom the other was. Length and price stay.{' '}
          {pickTextByMailEnabled(
            'Each client gets one e-mail.',
            'No mail server is set, so no e-mail is sent: tell both of them.',
          )}
        </p>
        <StickyPanelFooter>
          <Button slim>
            {askedFirst ? 'Swap them all the same' : pickTextByMailEnabled('Swap and tell both', 'Swap them')}
          </Button>
          <ButtonLink href={keepHref} kind="plain" slim>
            Leave it
          </ButtonLink>
        </StickyPanelFooter>
      </ActionForm>
    </FocusOnOpening>
  );
}

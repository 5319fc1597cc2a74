import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { BouncedAddressWarning } from '@/app/practice/bounced-address-warning';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { PhoneLink } from '@/components/contact-phrase';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { FocusOnOpening } from '@/components/focus-on-opening';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import type { HandOverRequestView } from '@/db/booking/hand-over-requests-to-clients';
import type { Bounce } from '@/db/messages/bounces';
import type { RemindersOfDate } from '@/db/messages/reminder-states';
import type { PaidDate } from '@/db/money/bills';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatCadence, formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { sendNewManageLink } from './actions';
import { AppointmentActions } from './appointment-actions';
import { listSessionProgressMarks } from './calendar-week';
import { CancelForm } from './cancel-form';
import type { countDatesToMove, ScopeCounts } from './count-dates-in-scope';
import { HiddenAppointmentFields } from './hidden-appointment-fields';
import { MoveForm, type MoveOptionsData } from './move-form';
import { PaidDatesNote } from './paid-dates-note';
import { PanelFrame } from './panel-frame';
import { ReminderLines } from './reminder-lines';
import { SwapForm } from './swap-form';

interface AppointmentPanelProps {
  facts: AppointmentFacts;
  /** What a press did. It is shown in the panel, because on a phone nothing else of the page is in sight. */
  flash: ReactNode;
  /** The open request to the client about a hand-over. */
  handOver: HandOverRequestView | null;
  /** Whether anybody else gives this massage, and could be handed the date. */
  hasColleagues: boolean;
  /** What the client wrote to the practice. */
  messages: ReactNode;
  /** Leads to the appointment's note. */
  noteLink: ReactNode;
  /** Title of the question page that the client came from, where that page exists. */
  question: string | null;
  locale: string;
  now: number;
  /** The calendar's own address, to come back to. */
  back: string;
  /** The other dates of its series that can be cancelled with it. */
  reach: ScopeCounts;
  movable: ReturnType<typeof countDatesToMove>;
  asksToCancel: boolean;
  /** Where it could be moved to; null unless that was asked. */
  moving: MoveOptionsData | null;
  /** What it could be swapped with; null unless that was asked. */
  swapping: Pick<ComponentProps<typeof SwapForm>, 'on' | 'others' | 'askedFirst'> | null;
  /** The dates of its series that money was taken for. */
  paidDates: PaidDate[];
  /** When the client's own link to this series ends. */
  linkEndsAt: number | null;
  /** What the client said about their health before they come. */
  care: ReactNode;
  /** The reminders of this date. */
  reminders: RemindersOfDate | null;
  /** When e-mail to the client came back; null where it arrives. */
  bounce: Bounce | null;
  /** The calendar with no panel open. */
  closeHref: string;
  /** The calendar with this appointment open and no form in its panel. */
  openHref: string;
}

export function AppointmentPanel({
  facts,
  flash,
  handOver,
  hasColleagues,
  messages,
  noteLink,
  question,
  locale,
  now,
  back,
  reach,
  movable,
  asksToCancel,
  moving,
  swapping,
  paidDates,
  linkEndsAt,
  care,
  reminders,
  bounce,
  closeHref,
  openHref,
}: AppointmentPanelProps) {
  const { timeZone } = facts;
  const day = formatDay(toWallTime(timeZone, facts.startsAt).on, 'long', locale);
  const hours = `${formatTime(timeZone, facts.startsAt, locale)} to ${formatTime(timeZone, facts.endsAt, locale)}`;
  const claimed = `${formatTime(timeZone, facts.paddedStartsAt, locale)} to ${formatTime(timeZone, facts.paddedEndsAt, locale)}`;
  const isPadded = facts.paddedStartsAt < facts.startsAt || facts.paddedEndsAt > facts.endsAt;

  return (
    <PanelFrame
      labelledBy="panel-name"
      closeHref={closeHref}
      hasStickyFooter={facts.status === 'booked' && (asksToCancel || moving !== null || swapping !== null)}
    >
      {flash}
      <div className="flex items-baseline justify-between gap-4">
        <p className="text-small text-soft">
          {day}, {hours}
        </p>
        <Link href={closeHref} scroll={false} className="inline-flex min-h-11 flex-none items-center text-small">
          Close
        </Link>
      </div>
      <FocusOnOpening key={facts.uid}>
        <h2 id="panel-name" tabIndex={-1} className="text-[1.875rem]! leading-9! font-normal! outline-none">
          <bdi>{facts.client.name}</bdi>
        </h2>
      </FocusOnOpening>
      <p className="text-small">
        {facts.service.name}, {facts.minutes} minutes
        {facts.sessions > 1 && `, ${facts.position} of ${facts.sessions}`}, {facts.room.name}
      </p>
      {!asksToCancel && !moving && !swapping && (
        <AppointmentActions facts={facts} now={now} back={back} openHref={openHref} />
      )}
      <PaidDatesNote facts={facts} dates={paidDates} asksToCancel={asksToCancel} locale={locale} />
      {facts.status === 'booked' && asksToCancel && (
        <CancelForm facts={facts} reach={reach} back={back} keepHref={openHref} />
      )}
      {facts.status === 'booked' && moving && (
        <MoveForm
          facts={facts}
          locale={locale}
          moving={moving}
          {...{ reach, movable }}
          back={back}
          keepHref={openHref}
        />
      )}
      {facts.status === 'booked' && swapping && (
        <SwapForm facts={facts} {...swapping} locale={locale} back={back} keepHref={openHref} />
      )}
      {!asksToCancel && !moving && !swapping && messages}
      {!asksToCancel && !moving && !swapping && noteLink}
      {facts.sessions > 1 && <Place facts={facts} locale={locale} />}

      <DescriptionList className="mt-2 [&>div]:grid-cols-[5.5rem_minmax(0,1fr)]!">
        <DescriptionItem label="Massage">
          {facts.service.name}, {facts.minutes} minutes, {formatMoney(facts.priceCents, facts.currency, locale)}
        </DescriptionItem>
        <DescriptionItem label="With">
          {facts.therapist.name}
          {facts.status === 'booked' && facts.startsAt > now && (handOver !== null || hasColleagues) && (
            <>
              {'. '}
              {handOver && `Waiting for the client’s answer: ${extractFirstName(handOver.to.name)} may take over? `}
              <Link
                href={`/practice/hand-over/${facts.uid}?${new URLSearchParams({ back: closeHref })}`}
                className="inline-flex min-h-11 items-center"
              >
                {handOver ? 'See what was asked' : 'Hand over'}
              </Link>
            </>
          )}
        </DescriptionItem>
        <DescriptionItem label="Room">
          {facts.room.name}
          {isPadded && `, ${claimed} with set-up and clean-up`}
        </DescriptionItem>
        {facts.questionSlug && question && (
          <DescriptionItem label="Came from">
            <Link href={`/questions/${facts.questionSlug}`}>{question}</Link>
          </DescriptionItem>
        )}
        {facts.startScore !== null && (
          <DescriptionItem label="Score">
            {facts.startScore} of 10 at the start.{facts.sessions >= 4 && ' Review after session 4.'}
          </DescriptionItem>
        )}
        {care && <DescriptionItem label="Before">{care}</DescriptionItem>}
        {reminders && (reminders.reminders.length > 0 || reminders.confirmedAt !== null) && (
          <DescriptionItem label="Reminders">
            <ReminderLines reminders={reminders} timeZone={timeZone} locale={locale} now={now} />
          </DescriptionItem>
        )}
        {!facts.client.isErased && (
          <DescriptionItem label="Reach">
            <Client {...facts.client} />
            {bounce && <BouncedAddressWarning bounce={bounce} timeZone={timeZone} locale={locale} />}
          </DescriptionItem>
        )}
        {facts.bookedBy !== null && (
          <DescriptionItem label="Booked by">
            <bdi className="wrap-anywhere">{facts.bookedBy}</bdi>, whose phone number and e-mail these may be
          </DescriptionItem>
        )}
        {facts.note && (
          <DescriptionItem label="Note">
            <p className="font-serif text-[1.0625rem] leading-[1.625rem] whitespace-pre-line">{facts.note}</p>
          </DescriptionItem>
        )}
        {linkEndsAt !== null && !facts.client.isErased && (
          <DescriptionItem label="Link">
            {linkEndsAt > now ? 'Ends' : 'Ended'} {formatDay(toWallTime(timeZone, linkEndsAt).on, 'full', locale)}.
            {facts.client.email && (
              <ActionForm action={sendNewManageLink} className="mt-2">
                <HiddenAppointmentFields facts={facts} back={back} />
                <p className="mb-2 text-small text-soft">
                  A new link works for another year; the old one stops working.
                </p>
                <Button kind="plain" slim>
                  {pickTextByMailEnabled('Send them a new link', 'Make a new link')}
                </Button>
              </ActionForm>
            )}
          </DescriptionItem>
        )}
        {(facts.status !== 'booked' || facts.arrivedAt !== null) && (
          <DescriptionItem label="State">{describeState(facts, locale)}</DescriptionItem>
        )}
        <DescriptionItem label="Payment">
          <Link href={`/practice/payments/${facts.uid}`} className="inline-flex min-h-11 items-center">
            Take a payment, or see the bill
          </Link>
        </DescriptionItem>
      </DescriptionList>
    </PanelFrame>
  );
}

const STATES = { completed: 'Completed', no_show: 'Did not come', cancelled: 'Cancelled' };

function describeState(
  { status, isLateCancel, arrivedAt, begunAt, timeZone }: AppointmentFacts,
  locale: string,
): string {
  if (status === 'cancelled' && isLateCancel) return 'Cancelled late by the client';
  if (status !== 'booked') return STATES[status];
  if (begunAt !== null) return `In the room since ${formatTime(timeZone, begunAt, locale)}`;
  return arrivedAt === null ? '' : `Arrived at ${formatTime(timeZone, arrivedAt, locale)}`;
}

function Place({ facts, locale }: { facts: AppointmentFacts; locale: string }) {
  const { timeZone } = facts;
  const last = formatDay(toWallTime(timeZone, facts.lastStartsAt).on, 'short', locale);
  const next = facts.next && formatDay(toWallTime(timeZone, facts.next.startsAt).on, 'short', locale);
  const cadence = formatCadence(facts.cadence);
  const looks = {
    done: 'bg-euc/45',
    now: 'bg-euc outline-2 outline-offset-2 outline-euc',
    ahead: 'ring-1 ring-inset ring-edge',
    gone: 'ring-1 ring-inset ring-line',
  };
  return (
    <div className="my-4 grid gap-2">
      <p className="font-semibold">
        {facts.position} of {facts.sessions}
      </p>
      <p className="flex max-w-65 gap-1" aria-hidden="true">
        {listSessionProgressMarks(facts).map(({ position, look }) => (
          <i key={position} className={`h-2 flex-1 rounded-[1px] ${looks[look]}`} />
        ))}
      </p>
      <p className="text-small text-soft">
        {capitalizeFirstLetter(cadence)} until {last}.{next && ` Next: ${next}${facts.next?.isMoved ? ', moved' : ''}.`}
      </p>
    </div>
  );
}

function Client({ email, phone, phoneLink }: AppointmentFacts['client']) {
  return (
    <>
      {phone && <PhoneLink shown={phone} link={phoneLink} className="whitespace-nowrap" />}
      {phone && email && ', '}
      {email && (
        <a href={`mailto:${email}`} className="wrap-anywhere">
          {email}
        </a>
      )}
      {!phone && !email && 'No phone number or e-mail address is known.'}
    </>
  );
}

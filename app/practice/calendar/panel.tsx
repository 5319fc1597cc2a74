import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/button';
import { Fact, Facts } from '@/components/facts';
import type { AppointmentFacts } from '@/db/calendar';
import { sayCadence, sayDay, sayMoney, sayTime } from '@/scheduling/words';
import { toWall } from '@/scheduling/zone';
import { cancel, complete, noShow } from './actions';
import { FocusOnOpening } from './focus-on-opening';
import { placesOf } from './week';

interface PanelProps {
  facts: AppointmentFacts;
  /** Title of the question the client came from, where its page exists. */
  question: string | null;
  locale: string;
  now: number;
  /** The calendar's own address, to come back to. */
  back: string;
  asksToCancel: boolean;
  /** The calendar with nothing open. */
  closeHref: string;
  /** This appointment, open, and asking for nothing. */
  openHref: string;
  cancelHref: string;
}

export function Panel({
  facts,
  question,
  locale,
  now,
  back,
  asksToCancel,
  closeHref,
  openHref,
  cancelHref,
}: PanelProps) {
  const { timeZone } = facts;
  const day = sayDay(toWall(timeZone, facts.startsAt).on, 'long');
  const hours = `${sayTime(timeZone, facts.startsAt)} to ${sayTime(timeZone, facts.endsAt)}`;
  const claimed = `${sayTime(timeZone, facts.paddedStartsAt)} to ${sayTime(timeZone, facts.paddedEndsAt)}`;
  const isPadded = facts.paddedStartsAt < facts.startsAt || facts.paddedEndsAt > facts.endsAt;

  return (
    <section
      aria-labelledby="panel-name"
      className="bg-sheet px-(--gutter) py-6 max-board:-mx-(--gutter) max-board:border-t max-board:border-ink board:border-l board:border-line board:bg-transparent board:px-0 board:pl-6"
    >
      <p className="text-small text-soft">
        {day}, {hours}
      </p>
      <FocusOnOpening key={facts.uid}>
        <h2 id="panel-name" tabIndex={-1} className="text-[1.875rem]! leading-9! font-normal! outline-none">
          {facts.client.name}
        </h2>
      </FocusOnOpening>
      {facts.sessions > 1 && <Place facts={facts} />}

      <Facts className="mt-2 [&>div]:grid-cols-[5.5rem_minmax(0,1fr)]!">
        <Fact label="Massage">
          {facts.service.name}, {facts.minutes} minutes, {sayMoney(facts.priceCents, facts.currency, locale)}
        </Fact>
        <Fact label="With">{facts.therapist.name}</Fact>
        <Fact label="Room">
          {facts.room.name}
          {isPadded && `, ${claimed} with set-up and clean-up`}
        </Fact>
        {facts.questionSlug && question && (
          <Fact label="Came from">
            <Link href={`/questions/${facts.questionSlug}`}>{question}</Link>
          </Fact>
        )}
        {facts.startScore !== null && (
          <Fact label="Score">
            {facts.startScore} of 10 at the start.{facts.sessions >= 4 && ' Review after session 4.'}
          </Fact>
        )}
        <Fact label="Reach">
          <Reach email={facts.client.email} phone={facts.client.phone} />
        </Fact>
        {facts.note && (
          <Fact label="Note">
            <p className="font-serif text-[1.0625rem] leading-6.5 whitespace-pre-line">{facts.note}</p>
          </Fact>
        )}
        {facts.status !== 'booked' && <Fact label="State">{STATES[facts.status]}</Fact>}
      </Facts>

      {facts.status === 'booked' && !asksToCancel && (
        <div className="mt-6 grid gap-2">
          {facts.startsAt <= now ? (
            <form className="grid gap-2">
              <input type="hidden" name="uid" value={facts.uid} />
              <input type="hidden" name="back" value={back} />
              <Button formAction={complete}>Mark completed</Button>
              <Button formAction={noShow} kind="plain">
                No-show
              </Button>
            </form>
          ) : (
            <p className="text-small text-soft">After it has begun you can mark it completed, or as a no-show.</p>
          )}
          <Link
            href={cancelHref}
            scroll={false}
            className="inline-flex min-h-11 items-center text-clay hover:text-clay"
          >
            Cancel this appointment
          </Link>
        </div>
      )}
      {facts.status === 'booked' && asksToCancel && <CancelForm facts={facts} back={back} keepHref={openHref} />}
      <p className="mt-4">
        <Link href={closeHref} scroll={false} className="inline-flex min-h-11 items-center text-small">
          Close
        </Link>
      </p>
    </section>
  );
}

const STATES = { completed: 'Completed', no_show: 'Did not come', cancelled: 'Cancelled' };

function Place({ facts }: { facts: AppointmentFacts }) {
  const { timeZone } = facts;
  const last = sayDay(toWall(timeZone, facts.lastStartsAt).on, 'short');
  const next = facts.next && sayDay(toWall(timeZone, facts.next.startsAt).on, 'short');
  const cadence = sayCadence(facts.cadence);
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
        {placesOf(facts).map((place, index) => (
          <i key={facts.places[index]?.uid} className={`h-2 flex-1 rounded-[1px] ${looks[place]}`} />
        ))}
      </p>
      <p className="text-small text-soft">
        {cadence.charAt(0).toUpperCase() + cadence.slice(1)} until {last}.
        {next && ` Next: ${next}${facts.next?.isMoved ? ', moved' : ''}.`}
      </p>
    </div>
  );
}

function Reach({ email, phone }: { email: string; phone: string | null }) {
  return (
    <>
      <a href={`mailto:${email}`} className="wrap-anywhere">
        {email}
      </a>
      {phone && (
        <>
          {', '}
          <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} className="whitespace-nowrap">
            {phone}
          </a>
        </>
      )}
    </>
  );
}

function CancelForm({ facts, back, keepHref }: { facts: AppointmentFacts; back: string; keepHref: string }) {
  const later = facts.places.filter((place) => place.status === 'booked' && place.startsAt > facts.startsAt).length;
  return (
    <form action={cancel} className="mt-6 grid gap-3 border-t-2 border-clay pt-4">
      <input type="hidden" name="uid" value={facts.uid} />
      <input type="hidden" name="back" value={back} />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold">Cancel what?</legend>
        <Scope value="this" isFirst>
          This one only
        </Scope>
        {later > 0 && <Scope value="following">This and the {later === 1 ? 'one' : later} after it</Scope>}
        {later > 0 && <Scope value="all">Everything still to come</Scope>}
      </fieldset>
      <p className="text-small text-soft">
        {facts.client.name} gets one mail about it. The time is free again at once.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button slim>Cancel and tell the client</Button>
        <ButtonLink href={keepHref} kind="plain" slim>
          Keep it
        </ButtonLink>
      </div>
    </form>
  );
}

function Scope({ value, isFirst = false, children }: { value: string; isFirst?: boolean; children: ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="scope" value={value} defaultChecked={isFirst} className="size-5 accent-euc" />
      <span>{children}</span>
    </label>
  );
}

import type { Metadata } from 'next';
import { ActionForm } from '@/components/action-form';
import { ButtonLink } from '@/components/button';
import { ContactLinks } from '@/components/contact-links';
import { Fact, Facts } from '@/components/facts';
import { CLIENT_DETAILS, FeedPart } from '@/components/feed-part';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { listFreedSkips } from '@/db/booking/freed-skips';
import { getFeed } from '@/db/calendars/feeds';
import { listSkipsHeld } from '@/db/waitlist/read-waitlist';
import { sayCount, sayFirstName, sayHouseRules, sayMinutes, sayReach, sayZone } from '@/scheduling/wording';
import { baseUrl } from '@/site';
import { changeAddress, makeAddress, removeAddress, setAlarm } from './actions';
import { AfterDates } from './after-dates';
import { BeforeVisit } from './before-visit';
import { DateRow } from './date-row';
import { loadManaged, type Managed, mayCancel, maySwap, upcoming } from './load';
import { Reminders } from './reminders';
import { SkippedRow } from './skipped-row';
import { Texts } from './texts';
import { bookAgainHref, capital, sayMoment, saySeries, sumOf } from './wording';

export const metadata: Metadata = { title: 'Your dates' };

interface ManagePage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ManagePage({ params, searchParams }: ManagePage) {
  const managed = await loadManaged(params);
  const { flash, of, along } = await searchParams;
  const { practice, series, token } = managed;
  const houseRules = sayHouseRules(practice);
  const upcomingDates = upcoming(managed);
  const feed = await getFeed(managed.viewer);
  const freed = series.skipped.length > 0 ? await listFreedSkips(managed.viewer, series.uid, managed) : [];
  const held = await listSkipsHeld(managed.viewer, managed);
  const standing = series.appointments.filter(({ status }) => status !== 'cancelled');
  const rows = [
    ...series.appointments.map((appointment) => ({
      position: appointment.position,
      row: <DateRow key={appointment.uid} appointment={appointment} managed={managed} />,
    })),
    ...series.skipped.map(({ position, on }) => {
      const isFreed = freed.includes(position);
      const heldUntil = held.get(position) ?? null;
      return { position, row: <SkippedRow key={position} {...{ position, on, isFreed, heldUntil, managed }} /> };
    }),
  ].sort((a, b) => a.position - b.position);
  const lastToCancel = upcomingDates.filter((appointment) => mayCancel(managed, appointment));

  return (
    <Shell practice={practice} current="manage">
      <Opening
        title={saySeries(series, practice.locale)}
        from={
          <>
            With <b>{sayFirstName(series.therapist.name)}</b>, for{' '}
            <b>
              <bdi>{series.client.name}</bdi>
            </b>
            , at {practice.address || practice.name}.{' '}
            {upcomingDates[0]
              ? `Next: ${sayMoment(upcomingDates[0], practice.locale)}.`
              : 'There are no upcoming dates.'}
          </>
        }
      >
        {standing.length > 0 && (
          <div className="mt-6 print:hidden">
            <ButtonLink href={`/manage/${token}/calendar.ics`} kind="plain" download>
              Add {standing.length === 1 ? 'it' : 'all'} to calendar
            </ButtonLink>
            <ActionForm action={setAlarm} className="mt-3 text-small">
              <input type="hidden" name="token" value={token} />
              <span className="text-soft">
                {series.hasCalendarAlarm
                  ? 'Your calendar reminds you a day before.'
                  : 'Your calendar dates have no reminder.'}
              </span>{' '}
              <button
                type="submit"
                name="alarm"
                value={series.hasCalendarAlarm ? 'off' : 'on'}
                className="inline-flex min-h-11 items-center text-euc underline underline-offset-[0.2em]"
              >
                {series.hasCalendarAlarm ? 'No reminder' : 'Remind me a day before'}
              </button>
            </ActionForm>
          </div>
        )}
      </Opening>
      <Flash flash={flash} managed={managed} of={of} isAlong={along === '1'} />
      <BeforeVisit managed={managed} />
      <Section title="Your dates" aside={`Times are ${sayZone(practice.timeZone)}.`}>
        <ol className="max-w-[50rem] border-t border-ink">{rows.map(({ row }) => row)}</ol>
        {(series.cadence === 'once' || upcomingDates.length === 0) && (
          <p className="mt-4 print:hidden">
            <a href={bookAgainHref(series)} className="inline-flex min-h-11 items-center">
              Book it again
            </a>
          </p>
        )}
        {series.cadence !== 'once' && series.sessions < practice.maxSessions && (
          <p className="mt-4 print:hidden">
            <a href={`/manage/${token}/extend`} className="inline-flex min-h-11 items-center">
              Add more dates
            </a>
          </p>
        )}
        {upcomingDates.some((date) => maySwap(managed, date)) && (
          <p className="print:hidden">
            <a href={`/manage/${token}/sooner`} className="inline-flex min-h-11 items-center">
              Come sooner, if a time becomes free
            </a>
          </p>
        )}
        {lastToCancel.length > 1 && (
          <p>
            <a
              href={`/manage/${token}/cancel?uid=${lastToCancel[0]?.uid}&scope=all`}
              className="inline-flex min-h-11 items-center text-clay"
            >
              Cancel all {sayCount(upcomingDates.length)} upcoming dates
            </a>
          </p>
        )}
      </Section>
      <Section title="Is it helping?" aside="Two taps, now and then.">
        <p className="max-w-[36rem]">
          Score your pain before you come and before each session. We then show you, in plain words, whether it has
          changed.
        </p>
        <p className="mt-2 flex flex-wrap gap-x-6 print:hidden">
          <a href={`/manage/${token}/score`} className="inline-flex min-h-11 items-center">
            Note a score
          </a>
          <a href={`/manage/${token}/progress`} className="inline-flex min-h-11 items-center">
            See my scores
          </a>
        </p>
      </Section>
      <Reminders managed={managed} />
      <Texts managed={managed} />
      <AfterDates managed={managed} />
      <Section title="If plans change">
        <Facts className="max-w-[46rem]">
          <Fact label="Cancel">Free until {sayMinutes(practice.cancelCutoffMinutes)} before.</Fact>
          <Fact label="Move">Until {sayMinutes(practice.moveCutoffMinutes)} before.</Fact>
          {houseRules && <Fact label="Please know">{houseRules}</Fact>}
          <Fact label="After that">
            <ContactLinks practice={practice} capital />. A person will help.
          </Fact>
          <Fact label="Something else">
            <a href={`/manage/${token}/message`} className="inline-flex min-h-11 items-center">
              Ask for a change
            </a>
          </Fact>
          <Fact label="Price">
            {standing.length > 0
              ? `${sumOf(standing, practice.locale)} in total, paid at each visit.`
              : 'Nothing to pay.'}
          </Fact>
          {series.note && (
            <Fact label="Your note">
              <bdi className="whitespace-pre-line">{series.note}</bdi>
            </Fact>
          )}
        </Facts>
      </Section>
      <Section title="In your calendar app" aside="It follows your dates by itself." id="calendar">
        <FeedPart
          feed={feed && { address: `${baseUrl()}/feeds/${feed.token}.ics`, detail: feed.detail }}
          name="these dates"
          id="feed"
          details={CLIENT_DETAILS}
          fields={{ token }}
          actions={{ make: makeAddress, change: changeAddress, remove: removeAddress }}
        />
      </Section>
      <Section title="Your notes">
        <p className="max-w-[36rem]">
          <a href={`/manage/${token}/opened`} className="inline-flex min-h-11 items-center">
            Who has opened your notes
          </a>
        </p>
      </Section>
      <Section title="This link">
        <p className="mb-3 max-w-[36rem]">
          Use it to change or cancel. Anyone who has it can change your dates, so keep it to yourself.
        </p>
        <p className="max-w-[36rem] rounded border border-edge bg-sheet px-3.5 py-3 text-small wrap-anywhere">
          {`${baseUrl()}/manage/${token}`}
        </p>
      </Section>
    </Shell>
  );
}

function upcomingFirst(managed: Managed): string {
  const [next] = upcoming(managed);
  return next ? `The next one is ${sayMoment(next, managed.practice.locale)}. ` : '';
}

interface FlashProps {
  flash: unknown;
  managed: Managed;
  /** The date that it is about, and whether others went with it. */
  of: unknown;
  isAlong: boolean;
}

/** What was just done. The words come from here, never from the address. */
function Flash({ flash, managed, of, isAlong }: FlashProps) {
  const { practice, series } = managed;
  const named = series.appointments.find(({ uid }) => uid === of);
  const moment = named ? sayMoment(named, practice.locale) : 'That date';
  const isAlone = series.appointments.length === 1;
  const mail = process.env.SMTP_URL ? 'An e-mail is on its way.' : '';
  const left = upcoming(managed).length;
  const rest =
    left === 0
      ? 'There are no upcoming dates.'
      : `${capital(sayCount(left))} upcoming ${left === 1 ? 'date' : 'dates'}.`;
  const notices: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
    cancelled: {
      tone: 'good',
      title: !isAlong
        ? `${moment} is cancelled`
        : left === 0
          ? 'All your dates are cancelled'
          : `Cancelled, from ${moment} on`,
      text: `There is nothing to pay. ${isAlong && left === 0 ? '' : rest} ${mail}`,
    },
    moved: {
      tone: 'good',
      title: `Moved to ${moment}`,
      text: `${isAlone ? '' : 'The other dates stay as they were. '}${mail}`,
    },
    extended: { tone: 'good', title: 'Booked', text: `${rest} ${mail}` },
    moved_along: {
      tone: 'good',
      title: `Moved: ${saySeries(series, practice.locale)}`,
      text: `${upcomingFirst(managed)}${mail}`,
    },
    alarm_on: {
      tone: 'good',
      title: 'Your calendar will remind you a day before',
      text: 'Add the dates to your calendar once more. E-mails about changes carry the reminder too.',
    },
    after_on: { tone: 'good', title: 'Saved', text: 'We may write to you once after your last date.' },
    after_off: { tone: 'good', title: 'Saved', text: 'We write nothing more after your dates.' },
    texts_on: { tone: 'good', title: 'Saved', text: 'Reminders may come by text from now on.' },
    texts_off: { tone: 'good', title: 'Saved', text: 'You get no more texts. Reminders come by e-mail.' },
    reminders: { tone: 'good', title: 'Saved', text: 'Your reminders are as you chose them from now on.' },
    alarm_off: {
      tone: 'good',
      title: 'No more reminders in your calendar',
      text: 'Add the dates to your calendar once more, and those in it lose theirs.',
    },
    address_made: {
      tone: 'good',
      title: 'The calendar address is made',
      text: 'It is below, under “In your calendar app”. If there was one before, it no longer works.',
    },
    address_changed: {
      tone: 'good',
      title: 'Saved',
      text: 'Calendar apps show it when they next ask: most do within hours.',
    },
    address_removed: { tone: 'good', title: 'The calendar address is removed', text: 'It no longer works.' },
    taken: {
      tone: 'bad',
      title: 'That date has just been taken',
      text: 'Nothing was changed. It stays skipped, and is offered here again when it is free.',
    },
    cutoff: {
      tone: 'bad',
      title: 'It is too late to change that here',
      text: `Nothing was changed. ${capital(sayReach(practice))}.`,
    },
    moves_used: {
      tone: 'bad',
      title: 'This date has been moved as often as it can be here',
      text: `Nothing was changed. Please ${sayReach(practice)}, and a person will help.`,
    },
    conflict: {
      tone: 'bad',
      title: 'Your dates have changed in the meantime',
      text: 'Nothing was changed now. Below is how they stand; do it again if it is still right.',
    },
    held_back: {
      tone: 'bad',
      title: 'Please talk to us first',
      text: `Nothing was changed. After what you told us about your health, please ${sayReach(practice)}, and a person will help.`,
    },
    unconfirmed: {
      tone: 'bad',
      title: 'Confirm your e-mail address first',
      text: `Nothing was added. Press “Confirm my e-mail address” in the e-mail with your dates, then add more here. Or ${sayReach(practice)}.`,
    },
    confirmed: {
      tone: 'good',
      title: 'Your e-mail address is confirmed',
      text: 'Thank you. Your dates stand as they are.',
    },
    busy: {
      tone: 'bad',
      title: 'The practice’s computer is busy just now',
      text: `Nothing was changed. Wait a moment and try again, or ${sayReach(practice)}.`,
    },
  };
  notices.not_found = notices.conflict as (typeof notices)[string];
  const notice = typeof flash === 'string' && Object.hasOwn(notices, flash) ? notices[flash] : undefined;
  if (!notice || (flash === 'cancelled' && !series.appointments.some(({ status }) => status === 'cancelled')))
    return null;
  return (
    <div className="pb-10">
      <FocusOnOpening key={`${flash} ${series.version}`}>
        <Notice tone={notice.tone} title={notice.title} id="flash">
          <p>{notice.text}</p>
        </Notice>
      </FocusOnOpening>
    </div>
  );
}

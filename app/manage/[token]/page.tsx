import type { Metadata } from 'next';
import { ActionForm } from '@/components/action-form';
import { ButtonLink } from '@/components/button';
import { CalendarFeedForm, CLIENT_FEED_DETAIL_CHOICES } from '@/components/calendar-feed-form';
import { ContactPhrase } from '@/components/contact-phrase';
import { CopyButton } from '@/components/copy-button';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { makeHandOverToken } from '@/db/access/emailed-link-tokens';
import { getPairedSeries } from '@/db/appointments/paired-series';
import { listBookableSkippedDates } from '@/db/booking/bookable-skipped-dates';
import { getOpenHandOverRequest } from '@/db/booking/hand-over-requests-to-clients';
import { listRestorableDates } from '@/db/booking/restorable-dates';
import { getFeedSettings } from '@/db/calendars/feeds';
import { findHealthBookingLimits } from '@/db/care/health-booking-limits';
import { listSkipsHeld } from '@/db/waitlist/waitlist-link-views';
import { formatAllOf, formatNumberInWords } from '@/scheduling/count-wording';
import { describeHouseRules } from '@/scheduling/describe-house-rules';
import { formatDuration, formatZoneCity } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { baseUrl } from '@/site-address';
import { changeSeriesFeedDetail, makeSeriesFeed, removeSeriesFeed, toggleCalendarAlarm } from './actions';
import { BookAgainWithLimits } from './book-again-button';
import { FollowUpEmailPreferenceForm } from './follow-up-email-preference-form';
import { IntakeLinks } from './intake-links';
import { ManageFlashNotice } from './manage-flash-notice';
import { ManagedDateRow } from './managed-date-row';
import {
  listPossiblePauses,
  listUpcomingAppointments,
  loadManagedSeries,
  mayCancel,
  mayWaitForSooner,
} from './managed-series';
import { ReminderPreferenceForm } from './reminder-preference-form';
import { bookAgainByLinkHref, describeSeries, formatAppointmentTime, formatPriceSum } from './series-wording';
import { SkippedDateRow } from './skipped-date-row';
import { TextMessageConsentForm } from './text-message-consent-form';

export const metadata: Metadata = { title: 'Your dates' };

interface ManagePage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ManagePage({ params, searchParams }: ManagePage) {
  const managed = await loadManagedSeries(params);
  const { flash, of, along, who, added } = await searchParams;
  const { practice, series, token } = managed;
  const houseRules = describeHouseRules(practice);
  const upcomingDates = listUpcomingAppointments(managed);
  const feed = await getFeedSettings(managed.viewer);
  const freed = series.skipped.length > 0 ? await listBookableSkippedDates(managed.viewer, series.uid, managed) : [];
  const restorable = await listRestorableDates(managed.viewer, series.uid, managed);
  const held = await listSkipsHeld(managed.viewer, managed);
  const standing = series.appointments.filter(({ status }) => status !== 'cancelled');
  const rows = [
    ...series.appointments.map((appointment) => ({
      position: appointment.position,
      row: (
        <ManagedDateRow
          key={appointment.uid}
          {...{ appointment, managed }}
          isRestorable={restorable.includes(appointment.uid)}
        />
      ),
    })),
    ...series.skipped.map((skipped) => {
      const { position } = skipped;
      const isFreed = freed.includes(position);
      const heldUntil = held.get(position) ?? null;
      return { position, row: <SkippedDateRow key={position} {...{ skipped, isFreed, heldUntil, managed }} /> };
    }),
  ].sort((a, b) => a.position - b.position);
  const requested = await getOpenHandOverRequest(managed.viewer, managed);
  const beside = series.pairId === null ? null : await getPairedSeries(managed.viewer, series.uid, managed.now);
  const limits = await findHealthBookingLimits(managed.viewer, managed);
  const lastToCancel = upcomingDates.filter((appointment) => mayCancel(managed, appointment));
  const formatCount = lastToCancel.length === upcomingDates.length ? formatAllOf : formatNumberInWords;

  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title={describeSeries(series, practice.locale)}
        from={
          <>
            With <b>{extractFirstName(series.therapist.name)}</b>, for{' '}
            <b>
              <bdi>{series.client.name}</bdi>
            </b>
            , at {practice.address || practice.name}.{' '}
            {upcomingDates[0]
              ? `Next: ${formatAppointmentTime(upcomingDates[0], practice.locale)}.`
              : 'There are no upcoming dates.'}
            {beside && (
              <>
                {' '}
                <bdi>{beside.client}</bdi> comes at the same time, and is with{' '}
                {[...new Set(beside.dates.map(({ therapist }) => extractFirstName(therapist)))].join(' or ')}.
              </>
            )}
          </>
        }
      >
        {standing.length > 0 && (
          <div className="mt-6 print:hidden">
            <ButtonLink href={`/manage/${token}/calendar.ics`} kind="plain" download>
              Add {standing.length === 1 ? 'it' : 'all'} to calendar
            </ButtonLink>
            <ActionForm action={toggleCalendarAlarm} className="mt-3 text-small">
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
      </PageHeader>
      <ManageFlashNotice {...{ flash, managed, along, who, added }} uid={of} />
      {requested && (
        <div className="pb-10">
          <Notice
            tone="quiet"
            title={`May ${extractFirstName(requested.to.name)} take over from ${extractFirstName(requested.from.name)}?`}
          >
            <p>
              Nothing changes before you say yes.{' '}
              <a
                href={`/manage/hand-over/${makeHandOverToken(requested.id)}`}
                className="inline-flex min-h-11 items-center"
              >
                See the dates and answer
              </a>
            </p>
          </Notice>
        </div>
      )}
      <IntakeLinks managed={managed} />
      <Section title="Your dates" aside={`Times are ${formatZoneCity(practice.timeZone)}.`}>
        <ol className="max-w-[50rem] border-t border-ink">{rows.map(({ row }) => row)}</ol>
        {(series.cadence === 'once' || upcomingDates.length === 0) && limits && (
          <div className="mt-4">
            <BookAgainWithLimits tokens={[token]} {...{ limits, practice }} to="same">
              Book it again
            </BookAgainWithLimits>
          </div>
        )}
        {(series.cadence === 'once' || upcomingDates.length === 0) && !limits && (
          <p className="mt-4 print:hidden">
            <a href={bookAgainByLinkHref(token, series)} className="inline-flex min-h-11 items-center">
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
        {upcomingDates.some((date) => mayWaitForSooner(managed, date)) && (
          <p className="print:hidden">
            <a href={`/manage/${token}/sooner`} className="inline-flex min-h-11 items-center">
              Come sooner, if a time becomes free
            </a>
          </p>
        )}
        {listPossiblePauses(managed).length > 0 && (
          <p className="print:hidden">
            <a href={`/manage/${token}/pause`} className="inline-flex min-h-11 items-center">
              Pause for a few weeks
            </a>
          </p>
        )}
        {lastToCancel.length > 1 && (
          <p>
            <a
              href={`/manage/${token}/cancel?uid=${lastToCancel[0]?.uid}&scope=all`}
              className="inline-flex min-h-11 items-center text-clay"
            >
              Cancel {formatCount(lastToCancel.length)} upcoming dates
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
      <ReminderPreferenceForm managed={managed} />
      <TextMessageConsentForm managed={managed} />
      <FollowUpEmailPreferenceForm managed={managed} />
      <Section title="If plans change">
        <DescriptionList className="max-w-[46rem]">
          <DescriptionItem label="Cancel">
            Free until {formatDuration(practice.cancelCutoffMinutes)} before.
          </DescriptionItem>
          <DescriptionItem label="Move">Until {formatDuration(practice.moveCutoffMinutes)} before.</DescriptionItem>
          {houseRules && <DescriptionItem label="Please know">{houseRules}</DescriptionItem>}
          <DescriptionItem label="After that">
            <ContactPhrase practice={practice} capital />. A person will help.
          </DescriptionItem>
          <DescriptionItem label="Something else">
            <a href={`/manage/${token}/message`} className="inline-flex min-h-11 items-center">
              Ask for a change
            </a>
          </DescriptionItem>
          <DescriptionItem label="Price">
            {standing.length > 0
              ? `${formatPriceSum(standing, practice.locale)} in total, paid at each visit.`
              : 'Nothing to pay.'}
          </DescriptionItem>
          {series.note && (
            <DescriptionItem label="Your note">
              <bdi className="whitespace-pre-line">{series.note}</bdi>
            </DescriptionItem>
          )}
        </DescriptionList>
      </Section>
      <Section title="In your calendar app" aside="It follows your dates by itself." id="calendar">
        <CalendarFeedForm
          feed={feed && { address: `${baseUrl()}/feeds/${feed.token}.ics`, detail: feed.detail }}
          name="these dates"
          id="feed"
          details={CLIENT_FEED_DETAIL_CHOICES}
          fields={{ token }}
          actions={{ make: makeSeriesFeed, change: changeSeriesFeedDetail, remove: removeSeriesFeed }}
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
        <CopyButton text={`${baseUrl()}/manage/${token}`} what="the link" />
      </Section>
    </Shell>
  );
}

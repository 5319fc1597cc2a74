import type { Metadata } from 'next';
import { BOOKING_STORAGE_KEY } from '@/app/book/details/book-form-state';
import {
  listUpcomingAppointments,
  loadManagedSeries,
  type ManagedSeries,
  wasMovedFromPlan,
} from '@/app/manage/[token]/managed-series';
import {
  describeSeries,
  formatAppointmentTime,
  formatMovedFrom,
  formatPriceSum,
  formatShortDay,
  formatStartToEnd,
} from '@/app/manage/[token]/series-wording';
import { TwoWeekCalendar } from '@/app/manage/[token]/two-week-calendar';
import { ButtonLink } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { TickMark } from '@/components/date-state-mark';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { ClearPersistedFields } from '@/components/persisted-fields';
import { PrintButton } from '@/components/print-button';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { TherapistCard } from '@/components/therapist-card';
import { VisitorTime } from '@/components/visitor-time';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { getPairedSeries, type OtherPersonSeries } from '@/db/appointments/paired-series';
import { type AppointmentView, getSeries } from '@/db/appointments/series';
import { listTherapists } from '@/db/practice/therapists';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { sorenessShare } from '@/questions/soreness';
import { formatAllOf, formatNumberInWords } from '@/scheduling/count-wording';
import { describeHouseRules } from '@/scheduling/describe-house-rules';
import { formatMoney } from '@/scheduling/format-money';
import { formatDuration, formatWeekdayPlural, formatZoneCity } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';

export const metadata: Metadata = { title: 'Booked' };

interface BookedPageProps {
  params: Promise<{ token: string }>;
  /** Where two were booked together: the token of the second plan, for whoever has just booked both. */
  searchParams: Promise<{ beside?: string | string[] }>;
}

export default async function BookedPage({ params, searchParams }: BookedPageProps) {
  const managed = await loadManagedSeries(params);
  const other = await findOther(managed, (await searchParams).beside);
  const { practice, series, token } = managed;
  const standing = series.appointments.filter(({ status }) => status !== 'cancelled');
  const next = listUpcomingAppointments(managed)[0] ?? standing[0];
  if (!next) {
    return (
      <Shell practice={practice} current="manage">
        <PageHeader title={describeSeries(series, practice.locale)} />
        <Notice tone="quiet" title="Every date of this plan was cancelled">
          <a href={`/manage/${token}`}>See the plan</a>
        </Notice>
      </Shell>
    );
  }
  const count = standing.length;
  const who = (await listTherapists()).find(({ id }) => id === next.therapist.id);
  const fourth = standing.find(({ position }) => position === 4);
  const link = `${baseUrl()}/manage/${token}`;
  const goesOut = isMailEnabled();
  return (
    <Shell practice={practice} current="book">
      <ClearPersistedFields name={BOOKING_STORAGE_KEY} />
      <PageHeader
        outcome={
          <>
            <TickMark />
            {bookedHeading(count, series.sessions, other !== null)}
          </>
        }
        takesFocus
        title={`See you on ${formatAppointmentTime(next, practice.locale)}`}
        from={
          <>
            With <b>{extractFirstName(next.therapist.name)}</b>,{' '}
            {(series.bookedBy !== null || other) && (
              <>
                for{' '}
                <b>
                  <bdi>{series.client.name}</bdi>
                </b>
                ,{' '}
              </>
            )}
            at {practice.address || practice.name}.{' '}
            {goesOut ? 'The dates and your link are on their way to ' : 'Your dates and link are saved for '}
            <b>
              <bdi>{series.client.email}</bdi>
            </b>
            {goesOut ? '.' : '. This server sends no e-mail yet, so keep the link below.'}
          </>
        }
      >
        {who && (
          <div className="mt-6 print:hidden">
            <TherapistCard {...who} />
          </div>
        )}
        <div className="mt-6 flex flex-wrap gap-3 print:hidden">
          <ButtonLink href={`/manage/${token}/calendar.ics`} download>
            {count === 1 ? 'Add to calendar' : 'Add all to calendar'}
          </ButtonLink>
          <PrintButton />
        </div>
      </PageHeader>
      {other && <BookedBeside other={other} own={series.client.name} locale={practice.locale} />}
      {count > 1 && (
        <Section title="Your calendar" aside={describeChanges(managed)}>
          <TwoWeekCalendar
            sessions={standing.map((appointment) => toWallTime(practice.timeZone, appointment.startsAt).on)}
            leftDays={[
              ...standing.flatMap(({ uid }) => {
                const from = managed.lastMoves[uid]?.from;
                return from === undefined ? [] : [toWallTime(practice.timeZone, from).on];
              }),
              ...series.skipped.map(({ on }) => on),
            ].filter(
              (on) => !standing.some((appointment) => toWallTime(practice.timeZone, appointment.startsAt).on === on),
            )}
          />
        </Section>
      )}
      <Section title={count === 1 ? 'Your date' : 'Every date'}>
        <ol className="max-w-[46rem] border-b border-line">
          {standing.map((appointment) => {
            const from = formatMovedFrom(appointment, managed, practice.locale);
            return (
              <li
                key={appointment.uid}
                className="grid grid-cols-[1.75rem_minmax(0,1fr)] slim:grid-cols-[1.75rem_6rem_minmax(0,1fr)] mid:grid-cols-[1.75rem_minmax(0,9.5rem)_minmax(0,1fr)] items-baseline gap-2 border-t border-line py-2.5 text-small text-soft print:break-inside-avoid"
              >
                <span>{appointment.position}</span>
                <b className="font-serif text-[1.0625rem] leading-6 font-medium text-ink">
                  {formatShortDay(appointment, practice)}
                </b>
                <span className="max-slim:col-start-2">
                  {formatStartToEnd(appointment, practice.locale)}
                  <VisitorTime instant={appointment.startsAt} timeZone={practice.timeZone} locale={practice.locale} />,{' '}
                  {appointment.service.name}
                  {appointment.therapist.id !== series.therapist.id &&
                    `, with ${extractFirstName(appointment.therapist.name)}`}
                  {from && `, ${from}`}
                </span>
              </li>
            );
          })}
        </ol>
        <p className="mt-3 text-small text-soft">Times are {formatZoneCity(practice.timeZone)}.</p>
      </Section>
      <Section title="Change or cancel">
        <p className="mb-3 max-w-[36rem]">
          Use this link to change or cancel. No password needed. Cancel free until{' '}
          {formatDuration(practice.cancelCutoffMinutes)} before, move until {formatDuration(practice.moveCutoffMinutes)}{' '}
          before. {describeHouseRules(practice)}
        </p>
        <a
          href={`/manage/${token}`}
          className="block max-w-[36rem] rounded border border-edge bg-sheet px-3.5 py-3 text-small wrap-anywhere"
        >
          {link.replace(/^https?:\/\//, '')}
        </a>
        <CopyButton text={link} what="the link" />
      </Section>
      <Section title="What to expect">
        <dl className="max-w-measure font-serif text-read [&_dd+dt]:mt-4 [&_dt]:font-sans [&_dt]:text-[0.9375rem] [&_dt]:leading-6 [&_dt]:font-semibold">
          <dt>Before</dt>
          <dd>Come five minutes early. Wear what you like; undress as far as you are comfortable.</dd>
          <dt>During</dt>
          <dd>Say so if the pressure is wrong. It can be changed at any moment, or stopped.</dd>
          <dt>After</dt>
          <dd>About {sorenessShare} people feel sore or a little unwell, mostly for a day and a half.</dd>
          {fourth && count > 4 && (
            <>
              <dt>After session 4, on {formatShortDay(fourth, practice)}</dt>
              <dd>
                Is it helping? Your scores say, if you <a href={`/manage/${token}/score`}>note them</a>: three in the
                week before you first come, one before each session. If nothing has changed, change something, or stop.
                You can stop after any session.
              </dd>
            </>
          )}
        </dl>
      </Section>
      <Section title="Price">
        <DescriptionList className="max-w-[46rem]">
          <DescriptionItem label="Total">
            {formatPriceSum(standing, practice.locale)}
            {count > 1 ? ` for ${count}, paid at each visit` : ', paid at the visit'}
          </DescriptionItem>
          {count > 1 && (
            <DescriptionItem label="First visit">
              {formatMoney(next.priceCents, next.currency, practice.locale)}
            </DescriptionItem>
          )}
        </DescriptionList>
      </Section>
    </Shell>
  );
}

async function findOther({ series, viewer, now }: ManagedSeries, token: unknown) {
  if (typeof token !== 'string' || series.pairId === null) return null;
  const [beside, otherViewer] = await Promise.all([
    getPairedSeries(viewer, series.uid, now),
    findManageLinkViewer(token),
  ]);
  if (!beside || otherViewer?.seriesId !== beside.seriesId) return null;
  // Whoever holds both links may see of each plan what its own link shows.
  const plan = await getSeries(otherViewer, beside.seriesId);
  return plan && { ...beside, token, appointments: plan.appointments.filter(({ status }) => status !== 'cancelled') };
}

/** The other person's plan at the same time, which has a link of its own. */
function BookedBeside(props: {
  other: OtherPersonSeries & { token: string; appointments: AppointmentView[] };
  own: string;
  locale: string;
}) {
  const { other, own, locale } = props;
  const massages = [
    ...new Set(other.appointments.map(({ service, minutes }) => `${service.name}, ${minutes} minutes`)),
  ];
  const link = `${baseUrl()}/manage/${other.token}`;
  return (
    <Section title={<bdi>{other.client}</bdi>} aside="At the same time, side by side.">
      <p className="mb-3 max-w-[36rem]">
        <bdi>{other.client}</bdi> is with{' '}
        {[...new Set(other.dates.map(({ therapist }) => extractFirstName(therapist)))].join(' or ')} at the same time:{' '}
        {massages.join('; ')}. {formatPriceSum(other.appointments, locale)}
        {other.appointments.length > 1 && ' in total'}. Those dates have a link of their own, so that they can be
        changed without those of <bdi>{own}</bdi>.
      </p>
      <a
        href={`/manage/${other.token}`}
        className="block max-w-[36rem] rounded border border-edge bg-sheet px-3.5 py-3 text-small wrap-anywhere"
      >
        {link.replace(/^https?:\/\//, '')}
      </a>
      <CopyButton text={link} what={`the link of ${other.client}`} />
    </Section>
  );
}

function bookedHeading(count: number, sessions: number, isForTwo: boolean): string {
  if (count === 1) return 'Booked';
  if (isForTwo) return `Booked, ${formatNumberInWords(count)} dates each`;
  if (count < sessions) return `Booked, ${formatNumberInWords(count)} dates`;
  return `Booked, ${formatAllOf(count)}`;
}

function describeChanges({ series, practice, lastMoves }: ManagedSeries): string {
  const standing = series.appointments.filter(({ status }) => status !== 'cancelled');
  const moved = standing.filter(wasMovedFromPlan);
  const apart = standing.filter((date) => date.isMoved && !wasMovedFromPlan(date));
  const text: string[] = [];
  const [entry] = moved;
  const from = entry && lastMoves[entry.uid]?.from;
  if (entry && moved.length === 1) {
    const weekday = (instant: number) => formatWeekdayPlural(toWallTime(practice.timeZone, instant).on).slice(0, -1);
    const [was, is] = [weekday(from ?? entry.startsAt), weekday(entry.startsAt)];
    text.push(was === is ? 'One date was moved.' : `One ${was} moved to a ${is}.`);
  } else if (moved.length > 1) text.push(`${moved.length} dates were moved.`);
  if (apart.length > 0)
    text.push(
      apart.length === 1 ? 'One date has a time of its own.' : `${apart.length} dates have times of their own.`,
    );
  if (series.skipped.length > 0)
    text.push(series.skipped.length === 1 ? 'One date is skipped.' : `${series.skipped.length} dates are skipped.`);
  return text.join(' ');
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { addDatesByLink } from '@/app/manage/[token]/actions';
import { BookAgainButton } from '@/app/manage/[token]/book-again-button';
import { formatClashReason } from '@/app/manage/[token]/format-clash-reason';
import { listUpcomingAppointments, loadManagedSeries, type ManagedSeries } from '@/app/manage/[token]/managed-series';
import { OnlyThisPersonNote } from '@/app/manage/[token]/only-this-person-note';
import { bookAgainByLinkHref } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { DateStateMark } from '@/components/date-state-mark';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import type { AddedDatePreview } from '@/db/booking/add-dates';
import { type ExtendResult, previewExtension } from '@/db/booking/extend-series';
import { findHealthBookingLimits } from '@/db/care/health-booking-limits';
import { findWithheldMassageOfPlan } from '@/db/care/withheld-massages';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { listPracticeHolidays, type Practice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatCadence, formatDay, formatTime, formatWallTime } from '@/scheduling/formatting';
import { extractFirstName, formatHowToContact } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { CancelledDatePage } from './cancelled-date-page';
import { SkippedDatePage } from './skipped-date-page';

export const metadata: Metadata = { title: 'More dates' };

interface ExtendPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const CHOICES = [1, 2, 4, 6, 8, 12];

/** Shows the dates that would be added; only its button books them. */
export default async function ExtendPage({ params, searchParams }: ExtendPage) {
  const managed = await loadManagedSeries(params);
  const query = await searchParams;
  const skipped = managed.series.skipped.find(({ position }) => String(position) === query.skipped);
  if (skipped) return <SkippedDatePage managed={managed} position={skipped.position} />;
  const cancelled = managed.series.appointments.find(
    ({ uid, status }) => uid === query.cancelled && status === 'cancelled',
  );
  if (cancelled) return <CancelledDatePage managed={managed} cancelled={cancelled} />;
  const { practice, series, token } = managed;
  const limits = await findHealthBookingLimits(managed.viewer, managed);
  // A single date has no rhythm to continue, so its massage is booked again at any time.
  if (series.cadence === 'once') {
    // Where something is left out for the client, their own page says so.
    redirect(limits ? `/manage/${token}` : bookAgainByLinkHref(token, series));
  }
  const back = `/manage/${token}`;
  const most = practice.maxSessions - series.sessions;
  const choices = CHOICES.filter((count) => count <= most);
  const more = choices.find((count) => String(count) === query.more) ?? Math.min(4, choices.at(-1) ?? 1);
  const [held, preview, holidays] = await Promise.all([
    findWithheldMassageOfPlan(managed.viewer, managed),
    previewMore(managed, more),
    listPracticeHolidays(),
  ]);
  const dates = preview && 'dates' in preview ? preview.dates : [];
  const clashing = dates.filter(({ clash }) => clash !== null);
  const clashes = clashing.length;
  const free = dates.filter(({ clash }) => clash === null);
  // A clash counts as skipped only if a later date is booked.
  const isSkipped = clashing.some(({ position }) => free.some((date) => date.position > position));

  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="Add more dates"
        from={`With ${extractFirstName(series.therapist.name)} at ${formatWallTime(series.time, practice.locale)}, ${formatCadence(series.cadence)}, ${listUpcomingAppointments(managed).length > 0 ? 'after the last' : 'from now on'}. Nothing is booked until you press the button.`}
        crumbs={[{ href: back, label: 'Your dates' }]}
      >
        <OnlyThisPersonNote managed={managed} />
      </PageHeader>
      {(query.flash === 'taken' || query.flash === 'invalid') && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="They were not booked">
            <p>One of them is not free any more. Look again below.</p>
          </Notice>
        </div>
      )}
      {held && (
        <div className="pb-10">
          <Notice tone="bad" title="Please talk to us first">
            <p>You told us about your health: {held.why}</p>
            <p>
              Your booked dates stay as they are. <ContactPhrase practice={practice} capital /> to add more.
            </p>
            <BookAgainButton tokens={[token]} to="any" slim>
              Book another massage
            </BookAgainButton>
          </Notice>
        </div>
      )}
      <Section title="How many">
        {choices.length > 1 && (
          <nav aria-label="How many more" className="mb-6 flex flex-wrap gap-x-3 gap-y-1">
            {choices.map((count) => (
              <a
                key={count}
                href={`${back}/extend?more=${count}`}
                aria-current={count === more || undefined}
                aria-label={`${count} more`}
                className="inline-flex min-h-11 min-w-11 items-center justify-center border-b-2 border-transparent text-ink no-underline hover:underline aria-[current]:border-euc aria-[current]:font-semibold"
              >
                {count}
              </a>
            ))}
          </nav>
        )}
        {dates.length > 0 && (
          <>
            <p className="mb-4 max-w-[36rem]">{describeAddedDates(managed, free)}</p>
            <NewDates dates={dates} {...{ practice, holidays }} />
          </>
        )}
        {free.length > 0 && !held && (
          <ActionForm action={addDatesByLink} className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="more" value={more} />
            <input type="hidden" name="seriesVersion" value={series.version} />
            {clashes > 0 && (
              <input type="hidden" name="leaveOut" value={clashing.map(({ position }) => position).join(',')} />
            )}
            <Button broad>{formatButtonLabel(free.length, clashes)}</Button>
            <a href={back} className="inline-flex min-h-11 items-center">
              Don’t add dates
            </a>
            <p className="w-full text-small text-soft">
              Each can be moved or cancelled like the others.
              {isSkipped && ' A date that is left out stays on your page: it is offered there if it frees up.'}
            </p>
          </ActionForm>
        )}
        {clashes > 0 && (
          <Notice
            tone="bad"
            title={
              clashes === 1
                ? 'One date is not free'
                : `${capitalizeFirstLetter(formatNumberInWords(clashes))} dates are not free`
            }
          >
            <p>
              {free.length > 0
                ? `Book the others without ${clashes === 1 ? 'it' : 'them'}, or `
                : 'Choose more dates above, or '}
              <ContactPhrase practice={practice} />.
              {!limits && (
                <>
                  {' '}
                  For another day or hour, <a href={bookAgainByLinkHref(token, series)}>book again</a>.
                </>
              )}
            </p>
            {/* Where the massage is held back, the page links to another massage above. */}
            {limits && !held && (
              <BookAgainButton tokens={[token]} to="any" slim>
                Book another day or hour
              </BookAgainButton>
            )}
          </Notice>
        )}
        {preview && !preview.ok && dates.length === 0 && (
          <Notice tone="bad" title="No dates can be added here">
            {preview.reason === 'invalid'
              ? preview.issues[0]?.message
              : `${capitalizeFirstLetter(formatHowToContact(practice))}, and a person will help.`}
          </Notice>
        )}
        {preview === null && (
          <Notice tone="bad" title="The practice’s computer is busy just now">
            Wait a moment and look again, or <ContactPhrase practice={practice} />.
          </Notice>
        )}
      </Section>
    </Shell>
  );
}

function NewDates(props: { dates: AddedDatePreview[]; practice: Practice; holidays: { on: string; name: string }[] }) {
  const { dates, practice, holidays } = props;
  const { timeZone, locale } = practice;
  return (
    <ol className="max-w-[46rem] border-t border-ink">
      {dates.map(({ position, startsAt, clash }) => {
        const { on } = toWallTime(timeZone, startsAt);
        return (
          <li
            key={position}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] slim:grid-cols-[1.75rem_minmax(0,1fr)_auto] items-baseline gap-2 border-b border-line py-2.5 text-small text-soft"
          >
            <span>{position}</span>
            <span>
              <b className="font-serif text-[1.0625rem] leading-6 font-medium text-ink">
                {formatDay(on, 'short', locale)}, {formatTime(timeZone, startsAt, locale)}
              </b>
              {clash && ` ${formatClashReason(clash, holidays.find((holiday) => holiday.on === on)?.name)}`}
            </span>
            <span className="max-slim:col-start-2">
              <DateStateMark state={clash ? 'clash' : 'free'} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Null if the calendar is busy just now. */
async function previewMore({ viewer, now }: ManagedSeries, sessions: number): Promise<ExtendResult | null> {
  try {
    return await previewExtension(viewer, { seriesId: viewer.seriesId, sessions }, { now });
  } catch (error) {
    if (isDatabaseBusy(error)) return null;
    throw error;
  }
}

function formatButtonLabel(free: number, clashes: number): string {
  if (clashes > 0) return free === 1 ? 'Book the free one' : `Book the ${formatNumberInWords(free)} free ones`;
  return free === 1 ? 'Book this one' : `Book these ${formatNumberInWords(free)}`;
}

/** Describes the dates that can be booked, and their cost: the last date's massage at today's price. */
function describeAddedDates({ practice, series }: ManagedSeries, free: AddedDatePreview[]): string {
  const last = series.appointments.toSorted((a, b) => a.position - b.position).at(-1);
  if (!last) return '';
  const sum = free.reduce((cents, date) => cents + date.priceCents, 0);
  const cost = `${formatMoney(sum, practice.currency, practice.locale)}${free.length === 1 ? ', paid at the visit' : ' in total, paid at each visit'}`;
  return `${last.service.name}, ${last.minutes} minutes${free.length > 0 ? `, ${cost}` : ''}.`;
}

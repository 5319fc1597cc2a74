import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { makeShortNames } from '@/app/book/booking-wording';
import { DateList } from '@/app/book/dates/date-list';
import { addDatesByLink } from '@/app/manage/[token]/actions';
import { BookAgainButton } from '@/app/manage/[token]/book-again-button';
import { listUpcomingAppointments, loadManagedSeries, type ManagedSeries } from '@/app/manage/[token]/managed-series';
import { OnlyThisPersonNote } from '@/app/manage/[token]/only-this-person-note';
import { readPicks } from '@/app/manage/[token]/read-picks';
import { bookAgainByLinkHref } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import type { AppointmentView } from '@/db/appointments/series';
import type { AddedDatePreview } from '@/db/booking/add-dates';
import type { ExtensionProposal } from '@/db/booking/propose-extension';
import { findHealthBookingLimits } from '@/db/care/health-booking-limits';
import { findWithheldMassageOfPlan, proposeExtensionToAllowedTherapists } from '@/db/care/withheld-massages';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { listPracticeHolidays } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatCadence, formatWallTime } from '@/scheduling/formatting';
import { extractFirstName, formatHowToContact } from '@/scheduling/name-formatting';
import { buildAddedRows } from './build-added-rows';
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
  const [held, proposal, holidays, team] = await Promise.all([
    findWithheldMassageOfPlan(managed.viewer, managed),
    proposeMore(managed, more),
    listPracticeHolidays(),
    listTherapists(),
  ]);
  const dates = proposal?.ok ? proposal.dates : [];
  const last = getLastPlanned(managed);
  const rows =
    proposal?.ok && last
      ? buildAddedRows(proposal, {
          timeZone: practice.timeZone,
          locale: practice.locale,
          names: makeShortNames(team),
          massage: last.service,
          therapistId: series.therapist.id,
          holidays: Object.fromEntries(holidays.map(({ on, name }) => [on, name])),
          picks: readPicks(query),
        })
      : [];
  const clashes = rows.filter(({ state }) => state === 'clash').length;
  const canBook = rows.some(({ state, options }) => state === 'free' || options.length > 1);

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
        {rows.length > 0 && !held && (
          <ActionForm action={addDatesByLink}>
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="more" value={more} />
            <input type="hidden" name="seriesVersion" value={series.version} />
            <p className="mb-4 max-w-[36rem]">{describeAddedDates(managed, dates)}</p>
            <DateList rows={rows} timeZone={practice.timeZone} locale={practice.locale} reopen={null} />
            <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
              {canBook && <Button broad>{clashes > 0 ? 'Book these dates' : formatButtonLabel(rows.length)}</Button>}
              <a href={back} className="inline-flex min-h-11 items-center">
                Don’t add dates
              </a>
            </div>
            <p className="mt-3 max-w-[36rem] text-small text-soft">
              {canBook ? 'Each can be moved or cancelled like the others.' : 'None of these can be booked.'}
              {clashes > 0 && (
                <>
                  {' '}
                  Nothing suits? <ContactPhrase practice={practice} capital />
                  {limits ? (
                    '.'
                  ) : (
                    <>
                      {' '}
                      or <a href={bookAgainByLinkHref(token, series)}>book another day or hour</a>.
                    </>
                  )}
                </>
              )}
            </p>
          </ActionForm>
        )}
        {clashes > 0 && limits && !held && (
          <BookAgainButton tokens={[token]} to="any" slim>
            Book another day or hour
          </BookAgainButton>
        )}
        {proposal?.ok === false && (
          <Notice tone="bad" title="No dates can be added here">
            {proposal.reason === 'invalid'
              ? proposal.issues[0]?.message
              : `${capitalizeFirstLetter(formatHowToContact(practice))}, and a person will help.`}
          </Notice>
        )}
        {proposal === null && (
          <Notice tone="bad" title="The practice’s computer is busy just now">
            Wait a moment and look again, or <ContactPhrase practice={practice} />.
          </Notice>
        )}
      </Section>
    </Shell>
  );
}

/** Null if the calendar is busy just now. */
async function proposeMore({ viewer, now }: ManagedSeries, sessions: number): Promise<ExtensionProposal | null> {
  try {
    return await proposeExtensionToAllowedTherapists(viewer, { seriesId: viewer.seriesId, sessions }, { now });
  } catch (error) {
    if (isDatabaseBusy(error)) return null;
    throw error;
  }
}

function formatButtonLabel(count: number): string {
  return count === 1 ? 'Book this one' : `Book these ${formatNumberInWords(count)}`;
}

/** The date whose massage and length the new ones get. */
function getLastPlanned({ series }: ManagedSeries): AppointmentView | undefined {
  return series.appointments.toSorted((a, b) => a.position - b.position).at(-1);
}

/** The massage and the cost, at today’s price: together, or of each where some dates are still to be chosen. */
function describeAddedDates(managed: ManagedSeries, dates: AddedDatePreview[]): string {
  const { practice } = managed;
  const last = getLastPlanned(managed);
  if (!last) return '';
  const format = (cents: number) => formatMoney(cents, practice.currency, practice.locale);
  const sum = dates.reduce((cents, date) => cents + date.priceCents, 0);
  const cost =
    dates.length === 1
      ? `${format(sum)}, paid at the visit`
      : dates.every(({ clash }) => clash === null)
        ? `${format(sum)} in total, paid at each visit`
        : `${format(sum / dates.length)} each, paid at each visit`;
  return `${last.service.name}, ${last.minutes} minutes, ${cost}.`;
}

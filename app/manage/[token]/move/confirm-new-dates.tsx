import { makeShortNames } from '@/app/book/booking-wording';
import { DateList } from '@/app/book/dates/date-list';
import { moveByLink } from '@/app/manage/[token]/actions';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import type { AppointmentView } from '@/db/appointments/series';
import type { MoveProposalResult } from '@/db/booking/propose-move';
import { listTherapists } from '@/db/practice/therapists';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { buildProposedRows } from './build-proposed-rows';
import { StayingDates } from './staying-dates';

interface ConfirmNewDatesProps {
  managed: ManagedSeries;
  appointment: AppointmentView;
  scope: 'following' | 'all';
  /** Where the dates would go; null if the calendar is busy just now. */
  proposal: MoveProposalResult | null;
  /** Why other dates stay where they are. */
  staying: string[];
  to: { startsAt: number; on: string; time: string };
  /** The repairs chosen for dates that clash, by position. */
  picks: Record<number, string>;
  /** Leads back to the choice of a day and hour. */
  timesHref: string;
}

/**
 * Every date that would be moved, its new time, and any clash: all is shown and repaired before anything is confirmed.
 */
export async function ConfirmNewDates({
  managed,
  appointment,
  scope,
  proposal,
  staying,
  to,
  picks,
  timesHref,
}: ConfirmNewDatesProps) {
  const { practice, token, series } = managed;
  const { timeZone, locale } = practice;
  const team = await listTherapists();
  const elsewhere = <a href={timesHref}>Choose another day and hour</a>;
  if (!proposal?.ok || proposal.dates.length === 0) {
    return (
      <Section title="Your new dates" id="to">
        <Notice tone="bad" title={proposal ? 'They cannot be moved there together' : BUSY}>
          <p>{describeWhyNot(proposal)}</p>
          {elsewhere}
        </Notice>
      </Section>
    );
  }
  const massages = Object.fromEntries(series.appointments.map(({ uid, service }) => [uid, service.name]));
  const words = { timeZone, locale, names: makeShortNames(team), massages, usual: series.therapist.id };
  const rows = buildProposedRows(proposal.dates, picks, words);
  const stuck = rows.some((row) => row.state === 'clash' && row.options.length === 0);
  const clashes = rows.filter(({ state }) => state === 'clash').length;
  return (
    <ActionForm action={moveByLink}>
      <Section title="Your new dates" aside="Nothing is moved until you press the button." id="to">
        <p className="mb-4 max-w-[44rem]">
          {formatAppointmentTime(appointment, locale)} goes to{' '}
          <b className="font-medium">{formatAppointmentTime({ startsAt: to.startsAt, timeZone }, locale)}</b>
          {rows.length > 1 &&
            `, and the other ${formatNumberInWords(rows.length - 1)} to the same day of the week and hour`}
          .{' '}
          {clashes > 0 &&
            `${clashes === 1 ? 'One date clashes' : `${capitalizeFirstLetter(formatNumberInWords(clashes))} dates clash`}: see below. `}
          {elsewhere}
        </p>
        <DateList rows={rows} timeZone={timeZone} locale={locale} reopen={null} />
        <StayingDates sentences={staying} />
      </Section>
      <Section title={<span className="sr-only">Move</span>}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="uid" value={appointment.uid} />
        <input type="hidden" name="version" value={appointment.version} />
        <input type="hidden" name="seriesVersion" value={series.version} />
        <input type="hidden" name="scope" value={scope} />
        <input type="hidden" name="to" value={to.startsAt} />
        <input type="hidden" name="on" value={to.on} />
        <input type="hidden" name="time" value={to.time} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          {stuck ? (
            <p>
              One of them cannot be moved there. {elsewhere}, or <ContactPhrase practice={practice} />.
            </p>
          ) : (
            <Button broad>{clashes > 0 ? 'Move my dates' : formatMoveLabel(rows.length)}</Button>
          )}
          <a href={`/manage/${token}`} className="inline-flex min-h-11 items-center">
            Don’t move
          </a>
        </div>
      </Section>
    </ActionForm>
  );
}

const BUSY = 'The practice’s computer is busy just now';

function describeWhyNot(proposal: MoveProposalResult | null): string {
  if (proposal === null) return 'Wait a moment and look again.';
  if (proposal.ok) return 'They are at that day and hour already.';
  if (proposal.reason === 'invalid') return proposal.issues[0]?.message ?? '';
  return proposal.reason === 'moves_used'
    ? 'One of them has been moved as often as it can be here.'
    : 'They have changed in the meantime, or it is too late.';
}

function formatMoveLabel(count: number): string {
  if (count === 1) return 'Move it';
  return count === 2 ? 'Move both' : `Move these ${formatNumberInWords(count)}`;
}

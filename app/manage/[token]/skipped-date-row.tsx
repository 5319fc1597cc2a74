import { DateStateMark } from '@/components/date-state-mark';
import type { SeriesView } from '@/db/appointments/series';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import type { ManagedSeries } from './managed-series';

/** A date that was skipped; once its time is free it is offered again. */
export function SkippedDateRow(props: {
  skipped: SeriesView['skipped'][number];
  isFreed: boolean;
  heldUntil: number | null;
  managed: ManagedSeries;
}) {
  const { isFreed, heldUntil, managed } = props;
  const { position, on, startsAt } = props.skipped;
  const { token, series, practice } = managed;
  const day = formatDay(on, 'short', practice.locale);
  return (
    <li id={`date-${position}`} className="border-b border-line">
      <div className="grid grid-cols-[1.75rem_minmax(0,1fr)] items-baseline gap-x-2 py-3 slim:grid-cols-[1.75rem_minmax(0,1fr)_auto] wide:grid-cols-[2.5rem_minmax(0,13rem)_minmax(0,1fr)_auto]">
        <span className="text-small text-soft">{position}</span>
        <span className="font-serif text-item text-soft">{day}</span>
        <span className="col-start-2 slim:col-start-3 slim:row-start-1 wide:col-start-4">
          <DateStateMark state="skipped" />
        </span>
        {heldUntil !== null && (
          <span className="col-start-2 text-small slim:col-end-4 slim:row-start-2 wide:col-start-3 wide:col-end-5 wide:row-start-2">
            Free again, and held for you until {formatTime(practice.timeZone, heldUntil, practice.locale)}. Our e-mail
            has the link to book it.
          </span>
        )}
        {isFreed && (
          <span className="col-start-2 text-small slim:col-end-4 slim:row-start-2 wide:col-start-3 wide:col-end-5 wide:row-start-2 print:hidden">
            {formatTime(practice.timeZone, startsAt, practice.locale)} with {extractFirstName(series.therapist.name)} is
            free now.{' '}
            <a href={`/manage/${token}/extend?skipped=${position}`} className="inline-flex min-h-11 items-center">
              Book it after all<span className="sr-only">: {day}</span>
            </a>
          </span>
        )}
      </div>
    </li>
  );
}

import { formatDay, formatWallTime } from '@/scheduling/formatting';
import { type TimeSelection, toSelectedSpan } from './time-selection';

interface SelectedDaysStatusProps {
  stretch: TimeSelection | null;
  timeZone: string;
  locale: string;
}

/** Says in words what is selected while it runs over several days, and in which ways that can be read. */
export function SelectedDaysStatus({ stretch, timeZone, locale }: SelectedDaysStatusProps) {
  const span = stretch && toSelectedSpan(stretch, timeZone);
  const isOverDays = span !== null && span.from.on !== span.until.on;
  const format = ({ on, time }: { on: string; time: string }) =>
    `${formatDay(on, 'short', locale)} ${formatWallTime(time, locale)}`;
  const hours = span && [span.from, span.until].map(({ time }) => formatWallTime(time, locale)).join(' to ');
  return (
    <div role="status" className="pointer-events-none fixed inset-x-(--gutter) bottom-4 z-40 print:hidden">
      {isOverDays && (
        <div className="mx-auto w-fit max-w-full rounded border border-ink bg-sheet p-4">
          <p className="font-semibold">
            {format(span.from)} to {format(span.until)}
          </p>
          <p className="text-small text-soft">
            {span.hoursOfDays
              ? `Each day ${hours}, or all of it without a gap: you are asked which.`
              : 'All of it, without a gap.'}
          </p>
        </div>
      )}
    </div>
  );
}

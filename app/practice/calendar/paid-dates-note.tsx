import { Notice } from '@/components/notice';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import type { PaidDate } from '@/db/money/bills';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/**
 * Names the dates of a series for which money was taken and that are cancelled or missed, or are about to be: nothing is
 * paid back but on their bills.
 */
export function PaidDatesNote(props: {
  facts: Pick<AppointmentFacts, 'status' | 'currency' | 'timeZone'>;
  dates: PaidDate[];
  asksToCancel: boolean;
  locale: string;
}) {
  const { facts, dates, asksToCancel, locale } = props;
  const isOver = facts.status === 'cancelled' || facts.status === 'no_show';
  if (!isOver && !asksToCancel) return null;
  const shown = dates.filter(({ status }) => (status === 'booked') === !isOver);
  if (shown.length === 0) return null;
  return (
    <div className="mt-4">
      <Notice tone="quiet" title="Money was taken already">
        <p>
          {isOver
            ? 'Pay it back, and enter that on the bill.'
            : 'Cancelling pays nothing back. Do that on the bill once it is cancelled.'}
        </p>
        <ul>
          {shown.map(({ appointmentId, startsAt, amountCents }) => (
            <li key={appointmentId}>
              <a href={`/practice/payments/${appointmentId}#more`}>
                {formatMoney(amountCents, facts.currency, locale)} for{' '}
                {formatDay(toWallTime(facts.timeZone, startsAt).on, 'short', locale)}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

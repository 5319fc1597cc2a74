import { formatDayOfInstant } from '@/app/practice/clients/format-day-and-time';
import type { Staff } from '@/db/access/viewer';
import type { ClientPlan } from '@/db/people/get-client';
import type { Practice } from '@/db/practice/practice';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { formatMoney } from '@/scheduling/format-money';
import { formatCadence, formatWallTime, formatWeekdayPlural } from '@/scheduling/formatting';
import { dateInCalendarHref } from './date-in-calendar-href';

const looks = {
  done: 'bg-euc/45',
  now: 'bg-euc',
  ahead: 'ring-1 ring-inset ring-edge',
  gone: 'ring-1 ring-inset ring-line',
};

/** The progress of a plan that still runs, in strokes and in words. */
export function SeriesProgressSummary({
  plan,
  viewer,
  practice,
  now,
}: {
  plan: ClientPlan;
  viewer: Staff;
  practice: Practice;
  now: number;
}) {
  const standing = plan.appointments.filter(({ status }) => status !== 'cancelled');
  const completed = standing.filter(({ status }) => status === 'completed').length;
  const ahead = standing.filter(({ status, endsAt }) => status === 'booked' && endsAt > now);
  const [first] = ahead;
  const last = standing.at(-1);
  const price = standing.reduce((sum, { priceCents }) => sum + priceCents, 0);
  const lookOf = (date: ClientPlan['appointments'][number]) => {
    if (date.status === 'cancelled') return 'gone';
    return date === first ? 'now' : date.endsAt <= now ? 'done' : 'ahead';
  };
  const change = first && dateInCalendarHref(first, viewer);
  return (
    <section className="border-b border-line py-8">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-[1.1875rem]! leading-7!">
          Plan: {formatNumberInWords(plan.sessions)} {formatWeekdayPlural(plan.firstOn)} at{' '}
          {formatWallTime(plan.time, practice.locale)}
        </h2>
        {change && (
          <a href={change} className="text-small">
            Change
          </a>
        )}
      </div>
      <p className="flex max-w-96 gap-1" aria-hidden="true">
        {plan.appointments.map((date) => (
          <i key={date.uid} className={`h-2 flex-1 rounded-[1px] ${looks[lookOf(date)]}`} />
        ))}
      </p>
      <p className="mt-2 text-small text-soft">
        {completed} done, {ahead.length} upcoming
        {last && ahead.length > 0 && ` until ${formatDayOfInstant(last.startsAt, practice, now)}`},{' '}
        {formatCadence(plan.cadence)}, with {plan.therapist.name}.{' '}
        {formatMoney(price, practice.currency, practice.locale)} in all.
      </p>
    </section>
  );
}

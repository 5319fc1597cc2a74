import type { CSSProperties } from 'react';
import { type Cadence, listSeriesDays } from '@/scheduling/cadence';
import { formatDateWithoutWeekday, formatDay, formatWeekday, formatWeekdayPlural } from '@/scheduling/formatting';
import type { CountedDay } from './times-grid';
import { TimesOfDayList, type TimesOfDayListProps } from './times-of-day-list';

interface TimesDayProps {
  weeks: { title?: string; days: CountedDay[] }[];
  shown: CountedDay;
  /** The plan that begins on each of the days. */
  plan: { cadence: Cadence; sessions: number };
  /** The address of this page with that day shown. */
  dayHref: (on: string) => string;
  list: Omit<TimesOfDayListProps, 'locale'>;
  locale: string;
}

/**
 * For phones: a strip of days, and the times of one day as a list. Days are links, so they work without script.
 */
export function DayStripWithTimes({ weeks, shown, plan, dayHref, list, locale }: TimesDayProps) {
  const weekdays = [...new Set(weeks.flatMap(({ days }) => days.map(([on]) => formatWeekday(on))))];
  return (
    <div className={weeks.length > 1 ? 'board:hidden' : 'wide:hidden'}>
      <nav aria-label="Days" className="border-y border-t-ink border-b-line">
        {weeks.map(({ title, days }) => (
          <ul
            key={title ?? 'week'}
            className={`grid grid-cols-[repeat(var(--days),minmax(0,1fr))] ${title ? 'slim:grid-cols-[minmax(1rem,2.25rem)_repeat(var(--days),minmax(0,1fr))]' : ''}`}
            style={{ '--days': weekdays.length } as CSSProperties}
          >
            {title && (
              <li className="self-center font-serif text-[1.125rem] font-medium max-slim:col-span-full max-slim:pt-2 narrow:text-title">
                <span className="slim:sr-only">Week </span>
                {title.slice(-1)}
              </li>
            )}
            {weekdays.map((weekday) => {
              const day = days.find(([on]) => formatWeekday(on) === weekday);
              return (
                <li key={weekday}>
                  {day && <DayLink day={day} shown={shown[0]} href={dayHref(day[0])} locale={locale} />}
                </li>
              );
            })}
          </ul>
        ))}
      </nav>
      <div id="day" tabIndex={-1} className="scroll-mt-28 outline-none">
        <div className="flex items-baseline justify-between gap-x-3 pt-6 pb-1 max-slim:flex-wrap">
          <h3>{formatDayHeading(shown[0], plan, locale)}</h3>
          <span className="text-small whitespace-nowrap text-soft">
            {shown[1]} {shown[1] === 1 ? 'time' : 'times'}
          </span>
        </div>
        {plan.cadence === 'biweekly' && (
          <p className="text-small text-soft">
            {listSeriesDays({ cadence: 'biweekly', firstOn: shown[0], sessions: plan.sessions })
              .map((on) => formatDateWithoutWeekday(on, 'short', locale))
              .join(', ')}
          </p>
        )}
        <TimesOfDayList {...list} locale={locale} />
        {shown[1] === 0 && (
          <p className="mt-4 rounded-[2px] border border-dashed border-line p-3 text-small text-soft">
            Nothing in this part of the day.
          </p>
        )}
      </div>
    </div>
  );
}

function DayLink(props: { day: CountedDay; shown: string; href: string; locale: string }) {
  const { shown, href, locale } = props;
  const [on, times] = props.day;
  const weekday = formatWeekday(on);
  const isShown = on === shown;
  return (
    <a href={`${href}#day`} aria-current={isShown ? 'date' : undefined} className="day-link">
      <span>{`${formatDay(on, 'long', locale)}, ${times} ${times === 1 ? 'time' : 'times'}`}</span>
      <span aria-hidden="true">
        {weekday.slice(0, 2)}
        <span className="max-slim:hidden">{weekday.slice(2, 3)}</span>
      </span>
      <em aria-hidden="true">{Number(on.slice(8))}</em>
      <span aria-hidden="true">{times}</span>
    </a>
  );
}

function formatDayHeading(on: string, { cadence }: TimesDayProps['plan'], locale: string): string {
  if (cadence === 'once') return formatDay(on, 'long', locale);
  if (cadence === 'biweekly')
    return `Every other ${formatWeekday(on)} from ${formatDateWithoutWeekday(on, 'short', locale)}`;
  return `${formatWeekdayPlural(on)} from ${formatDateWithoutWeekday(on, 'short', locale)}`;
}

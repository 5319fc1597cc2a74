import Link from 'next/link';
import { formatStartAndEndTime, formatWallTime, formatWeekday } from '@/scheduling/formatting';
import { parseMinuteOfDay } from '@/scheduling/time-of-day';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { CalendarWeekData } from './calendar-week';
import type { GridEvent } from './grid-data';
import { keepPlaceTogether, STATUS_TEXT } from './grid-event-content';
import { listLaneEventsOn, type TherapistLaneData } from './therapist-lanes';

interface TeamWeekProps {
  lanes: TherapistLaneData[];
  /** The week of all therapists together: its days and the hours worth drawing. */
  week: CalendarWeekData;
  today: string;
  timeZone: string;
  locale: string;
}

/**
 * Everyone's week as a table: a row for each therapist, a column for each day. Four calendars on top of one another in
 * a day's column would leave no room for a name, and would shade only the hours in which nobody works.
 */
export function TeamWeek({ lanes, week, today, timeZone, locale }: TeamWeekProps) {
  const days = week.days.filter((_, index) => !(index === 6 && week.hiddenDays.includes(0)));
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">The week of everyone, a row for each therapist</caption>
      <thead>
        <tr>
          <td className="w-24 border-b border-line" />
          {days.map((on) => (
            <th
              key={on}
              scope="col"
              className={`border-b border-l border-line px-2 py-2.5 text-left align-top font-serif text-[1.0625rem] leading-snug font-medium ${on === today ? 'shadow-[inset_0_3px_0_var(--euc)]' : ''}`}
            >
              {formatWeekday(on).slice(0, 3)} {Number(on.slice(8))}
              <span className="block font-sans text-tiny font-normal text-soft">
                {on === today ? 'today, ' : ''}
                {week.counts[on]}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane) => (
          <tr key={lane.therapist.id} className="border-b border-line">
            <th scope="row" className="py-3 pr-2 align-top font-serif text-[1.0625rem] leading-snug font-medium">
              <span className="block border-l-3 pl-2 wrap-anywhere" style={{ borderLeftColor: lane.therapist.colour }}>
                {lane.therapist.name}
              </span>
            </th>
            {days.map((on) => (
              <Cell key={on} lane={lane} on={on} all={week} timeZone={timeZone} locale={locale} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(props: { lane: TherapistLaneData; on: string; all: CalendarWeekData; timeZone: string; locale: string }) {
  const { lane, on, all, timeZone, locale } = props;
  const events = listLaneEventsOn(lane, on, timeZone);
  const booked = events.filter(({ tone }) => tone !== 'off');
  const off = events.filter(({ tone }) => tone === 'off');
  const open = lane.week.open[on] ?? [];
  const isAway =
    open.length > 0 && open.every((hours) => off.some((o) => o.start <= hours.start && o.end >= hours.end));
  const isShut = open.length === 0 || isAway;
  return (
    <td className={`border-l border-line p-2 align-top ${isShut && booked.length === 0 ? 'bg-sand' : ''}`}>
      <p className="text-tiny text-soft">{formatOpenHours(lane, on, locale, isAway ? off[0]?.title : undefined)}</p>
      {!isShut && <Strip {...{ lane, on, all, events, timeZone }} />}
      {!isAway &&
        off.map((event) => (
          <p key={event.id} className="mt-1 text-tiny text-soft">
            {event.title}, {formatStartAndEndTime(timeZone, event, locale)}
          </p>
        ))}
      {booked.length > 0 && (
        <ul className="mt-2 grid gap-1">
          {booked.map((event) => (
            <li key={event.id}>
              <Entry event={event} />
            </li>
          ))}
        </ul>
      )}
    </td>
  );
}

/** '12:00 to 15:30, 16:00 to 20:00', or why there are no hours. */
export function formatOpenHours(lane: TherapistLaneData, on: string, locale: string, away?: string): string {
  if (away) return away;
  const open = lane.week.open[on] ?? [];
  if (open.length === 0) return lane.week.holidays[on] ?? 'Day off';
  return open
    .map(({ from, until }) => `${formatWallTime(from, locale)} to ${formatWallTime(until, locale)}`)
    .join(', ');
}

/** The day to scale, below its hours in words: closed, free and booked. */
function Strip({
  lane,
  on,
  all,
  events,
  timeZone,
}: {
  lane: TherapistLaneData;
  on: string;
  all: CalendarWeekData;
  events: GridEvent[];
  timeZone: string;
}) {
  const first = parseMinuteOfDay(all.from);
  const length = parseMinuteOfDay(all.until) - first;
  const place = (from: number, until: number) => {
    const [begin, end] = [Math.max(0, from - first), Math.min(length, until - first)];
    return { left: `${(begin / length) * 100}%`, width: `${(Math.max(0, end - begin) / length) * 100}%` };
  };
  const wall = (instant: number) => {
    const { on: day, time } = toWallTime(timeZone, instant);
    return day < on ? 0 : day > on ? 1440 : parseMinuteOfDay(time);
  };
  return (
    <div className="relative mt-1 h-2 bg-sand" aria-hidden="true">
      {(lane.week.open[on] ?? []).map(({ start, from, until }) => (
        <i
          key={start}
          className="absolute inset-y-0 bg-sheet ring-1 ring-line ring-inset"
          style={place(parseMinuteOfDay(from), parseMinuteOfDay(until))}
        />
      ))}
      {events.map(({ id, start, end, tone }) => (
        <i
          key={id}
          className={`absolute inset-y-0 ${tone === 'off' ? 'bg-sand' : ''}`}
          style={{
            ...place(wall(start), wall(end)),
            ...(tone !== 'off' && { backgroundColor: lane.therapist.colour }),
          }}
        />
      ))}
    </div>
  );
}

const LOOKS: Record<GridEvent['tone'], string> = {
  ahead: 'bg-fill-most',
  done: 'ring-1 ring-inset ring-line',
  missed: 'ring-1 ring-inset ring-line',
  off: '',
  held: 'border border-dashed border-edge',
};

function Entry({ event }: { event: GridEvent }) {
  const look = `block min-h-11 border-l-3 px-2 py-1 wrap-anywhere ${event.tone === 'missed' ? 'line-through' : 'no-underline'} ${
    event.selected ? 'bg-euc text-on-euc hover:text-on-euc' : `text-ink hover:text-ink ${LOOKS[event.tone]}`
  }`;
  const words = (
    <>
      <span className="block text-small font-semibold">
        {event.tone === 'done' && <span aria-hidden="true">✓ </span>}
        {event.title}
        <span className="sr-only">{STATUS_TEXT[event.tone]}</span>
      </span>
      <span className={`block text-tiny ${event.selected ? '' : 'text-soft'}`}>{keepPlaceTogether(event.detail)}</span>
    </>
  );
  const style = { borderLeftColor: event.colour };
  if (!event.href) {
    return (
      <span className={look} style={style}>
        {words}
      </span>
    );
  }
  return (
    <Link href={event.href} scroll={false} className={look} style={style} aria-current={event.selected || undefined}>
      {words}
    </Link>
  );
}

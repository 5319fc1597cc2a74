import type { WeekdayHourMinutes } from '@/db/reports/hours-by-weekday';
import type { Weekday } from '@/scheduling/day';

const DAYS: Weekday[] = [1, 2, 3, 4, 5, 6, 0];
const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const HEATS: [most: number, className: string, words: string][] = [
  [25, 'bg-fill-some', 'under 25 %'],
  [50, 'bg-fill-most', '25 to 49'],
  [75, 'bg-fill-all', '50 to 74'],
  [90, 'bg-heat text-on-heat', '75 to 89'],
  [Number.POSITIVE_INFINITY, 'bg-euc text-on-euc', '90 and more'],
];

const heatOf = (percent: number) => HEATS.find(([most]) => percent < most)![1];

interface Place {
  weekday: Weekday;
  hour: number;
}

/**
 * The percentage of each open hour that was booked, as a table whose cells are tinted by their figure. Weekdays are the
 * rows; on a phone, hours are.
 */
export function HoursHeatMap(props: {
  cells: WeekdayHourMinutes[];
  /** The list of what was booked in an hour. */
  listHref: (weekday: Weekday, hour: number) => string;
}) {
  const { cells, listHref } = props;
  const open = cells.filter(({ openMinutes }) => openMinutes > 0);
  const first = Math.min(...open.map(({ hour }) => hour));
  const last = Math.max(...open.map(({ hour }) => hour));
  const hours = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const days = DAYS.filter((weekday) => open.some((cell) => cell.weekday === weekday));
  const percentOf = ({ weekday, hour }: Place) => {
    const cell = open.find((entry) => entry.weekday === weekday && entry.hour === hour);
    return cell ? Math.min(100, Math.round((100 * cell.bookedMinutes) / cell.openMinutes)) : null;
  };
  const hrefOf = ({ weekday, hour }: Place) =>
    open.some((cell) => cell.weekday === weekday && cell.hour === hour && cell.bookedMinutes > 0)
      ? listHref(weekday, hour)
      : null;
  const byDay = {
    headings: hours.map(formatHour),
    rows: days.map((weekday) => ({ name: NAMES[weekday]!, places: hours.map((hour) => ({ weekday, hour })) })),
  };
  const byHour = {
    headings: days.map((weekday) => NAMES[weekday]!),
    rows: hours.map((hour) => ({ name: formatHour(hour), places: days.map((weekday) => ({ weekday, hour })) })),
  };
  return (
    <>
      <HeatTable {...byDay} {...{ percentOf, hrefOf }} className="max-wide:hidden" />
      <HeatTable {...byHour} {...{ percentOf, hrefOf }} className="wide:hidden" />
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-tiny text-soft">
        {HEATS.map(([, className, words]) => (
          <li key={words} className="flex items-center gap-2">
            <span aria-hidden="true" className={`inline-block h-3 w-5 rounded-[2px] ${className}`} />
            {words}
          </li>
        ))}
        <li>empty: closed</li>
      </ul>
    </>
  );
}

function HeatTable(props: {
  headings: string[];
  rows: { name: string; places: Place[] }[];
  percentOf: (place: Place) => number | null;
  hrefOf: (place: Place) => string | null;
  className: string;
}) {
  return (
    <table
      className={`w-full table-fixed border-separate border-spacing-0.5 text-center text-tiny tabular-nums ${props.className}`}
    >
      <caption className="sr-only">Booked of the open hours, in per cent, by weekday and hour</caption>
      <thead>
        <tr>
          <td className="w-10" />
          {props.headings.map((heading) => (
            <th key={heading} scope="col" className="pb-1 font-normal text-soft">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ name, places }) => (
          <tr key={name}>
            <th scope="row" className="text-left font-normal text-soft">
              {name}
            </th>
            {places.map((place) => (
              <HeatCell
                key={`${place.weekday} ${place.hour}`}
                percent={props.percentOf(place)}
                href={props.hrefOf(place)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HeatCell({ percent, href }: { percent: number | null; href: string | null }) {
  if (percent === null)
    return (
      <td>
        <span className="sr-only">closed</span>
      </td>
    );
  return (
    <td className={`h-9 rounded-[2px] ${heatOf(percent)}`}>
      {href === null ? (
        percent
      ) : (
        <a href={href} className="flex min-h-9 items-center justify-center text-inherit no-underline hover:underline">
          {percent}
        </a>
      )}
    </td>
  );
}

const formatHour = (hour: number) => String(hour).padStart(2, '0');

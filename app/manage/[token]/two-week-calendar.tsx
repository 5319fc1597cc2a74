import { buildTwoWeekCalendarRows, type TwoWeekCalendarDay } from './two-week-calendar-rows';

const heads = ['M', 'T', 'W', 'T', 'F', 'S', 'S'];
const box =
  "before:absolute before:top-1/2 before:left-1/2 before:-z-1 before:aspect-[1/1.12] before:w-[min(34px,calc(100%-1px))] before:-translate-1/2 before:rounded-[2px] before:content-[''] wide:before:w-10";

/**
 * Two weeks in each row, a filled day for each session. The list beneath has the same in words, so screen readers skip
 * this.
 */
export function TwoWeekCalendar({ sessions, leftDays }: { sessions: string[]; leftDays: string[] }) {
  const lines = buildTwoWeekCalendarRows(sessions, leftDays);
  return (
    <div aria-hidden="true" className="max-w-[46rem] print:break-inside-avoid">
      <div className="grid grid-cols-14 border-b border-ink pb-1.5 text-center text-tiny text-soft">
        {lines[0]?.map(({ on }, index) => (
          <span key={on} className={index === 7 ? 'border-l border-line' : ''}>
            {heads[index % 7]}
          </span>
        ))}
      </div>
      {lines.map((line) => (
        <div
          key={line[0]?.on}
          className={`grid grid-cols-14 border-b border-line pb-2 text-center ${line.some(({ month }) => month) ? 'pt-5' : 'pt-2'}`}
        >
          {line.map((day, index) => (
            <Day key={day.on} day={day} isSecondWeek={index === 7} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Day({ day, isSecondWeek }: { day: TwoWeekCalendarDay; isSecondWeek: boolean }) {
  const looks = {
    session: `isolate font-semibold text-on-euc before:bg-euc forced-colors:before:border-2 print:font-bold print:text-ink print:before:border print:before:border-ink print:before:bg-transparent ${box}`,
    was: `isolate text-soft line-through before:border before:border-dashed before:border-edge ${box}`,
    none: 'text-soft',
  };
  return (
    <span
      className={`relative grid h-10 place-items-center text-tiny leading-none max-slim:text-[3.8vw] wide:h-13 wide:text-ui ${isSecondWeek ? 'border-l border-line' : ''} ${looks[day.state ?? 'none']}`}
    >
      {day.month && (
        <span className="absolute -top-3.5 left-1/2 -translate-x-1/2 text-tiny font-semibold text-ink max-slim:text-[3.8vw]">
          {day.month}
        </span>
      )}
      {day.number}
    </span>
  );
}

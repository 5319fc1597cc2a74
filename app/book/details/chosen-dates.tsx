import type { DateRow } from '@/app/book/dates/date-rows';
import { DateStateMark } from '@/components/date-state-mark';

/** Every date that the form beside it books, in the order of the series. */
export function ChosenDates({ rows }: { rows: DateRow[] }) {
  const half = Math.ceil(rows.length / 2);
  return (
    <ol
      className="grid border-t border-ink mid:grid-flow-col mid:grid-cols-2 mid:gap-x-8"
      style={{ gridTemplateRows: `repeat(${half}, auto)` }}
    >
      {rows.map(({ position, state, day, hours, massage, who, insteadOf }) => {
        const isOther = state === 'moved' || state === 'skipped';
        return (
          <li
            key={position}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] items-baseline border-b border-line py-2"
          >
            <span className="text-small text-soft">{position}</span>
            <div className="flex flex-wrap items-baseline justify-between gap-x-2">
              <span
                className={`font-serif text-[1.125rem] leading-6 font-medium ${state === 'skipped' ? 'text-soft line-through' : ''}`}
              >
                {day}
              </span>
              <span className="text-small text-soft">{isOther ? <DateStateMark state={state} /> : massage}</span>
              {state === 'moved' && (
                <span className="basis-full text-small text-soft">
                  {hours}, {massage}
                  {who && `, with ${who}`}
                  {insteadOf && `, instead of ${insteadOf}`}
                </span>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

'use client';

import { useRef, useState } from 'react';
import { FieldError } from '@/components/field-error';
import type { WallRange } from '@/scheduling/availability';
import type { Weekday } from '@/scheduling/day';
import { DayHoursBar, filterDrawableRanges } from './day-hours-bar';
import {
  BREAK_NUMBERS,
  breakFieldNames,
  getDayRanges,
  type HoursFormValues,
  startTimeFieldName,
  untilFieldName,
} from './hours-form-values';

/** One weekday: its hours, its breaks, and a bar that follows what is typed. */
export function DayHoursRow(props: {
  weekday: Weekday;
  name: string;
  values: HoursFormValues;
  before: WallRange[];
  ends: [number, number];
  error: string | undefined;
}) {
  const { weekday, name, values, before, ends, error } = props;
  const row = useRef<HTMLLIElement>(null);
  const [fields, setFields] = useState(values);
  const ranges = getDayRanges(fields, weekday);
  const isOff = getDayRanges(values, weekday).length === 0;
  const follow = () => {
    const inputs = row.current?.querySelectorAll('input') ?? [];
    setFields(Object.fromEntries([...inputs].map((input) => [input.name, input.value.trim()])));
  };
  const times = <DayTimeInputs day={weekday} name={name} values={values} fields={fields} error={error} />;
  return (
    <li
      ref={row}
      onInput={follow}
      className="grid grid-cols-[6.25rem_minmax(0,1fr)] items-center [@media(max-width:15em)]:grid-cols-1 gap-x-4 gap-y-2 border-b border-line py-2.5 wide:grid-cols-[7rem_minmax(0,1fr)_minmax(0,22rem)] wide:gap-x-6"
    >
      <span className="self-start pt-2 font-serif text-[1.0625rem] leading-6 font-medium">{name}</span>
      <div>
        {isOff ? (
          <details className="group">
            <summary className="flex min-h-11 w-fit cursor-pointer list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
              <span className="text-small text-soft group-open:hidden">Day off</span>
              <span className="text-small text-euc underline underline-offset-4 group-open:hidden">
                Add hours<span className="sr-only"> on {name}</span>
              </span>
              <span className="hidden text-small text-soft group-open:inline">Leave both empty for a day off</span>
            </summary>
            {times}
          </details>
        ) : (
          times
        )}
      </div>
      <div className="max-wide:col-start-2 [@media(max-width:15em)]:col-start-1!">
        <DayHoursBar now={filterDrawableRanges(ranges, ends)} before={filterDrawableRanges(before, ends)} ends={ends} />
      </div>
    </li>
  );
}

/** The start, the end and the breaks of a day. */
export function DayTimeInputs(props: {
  day: Weekday | 'day';
  name: string;
  values: HoursFormValues;
  /** What is typed now, for a form that follows the typing. */
  fields?: HoursFormValues;
  error: string | undefined;
}) {
  const { day, name, values, fields = values, error } = props;
  const errorId = `error-${day}`;
  const input = (field: string, label: string) => (
    <input
      name={field}
      aria-label={`${name}, ${label}`}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? errorId : undefined}
      defaultValue={values[field]}
      maxLength={8}
      autoComplete="off"
      className={`min-h-11 w-19 [@media(max-width:15em)]:w-[4.25rem] rounded border bg-sheet px-1 text-center text-ui tabular-nums text-ink ${error ? 'border-clay' : 'border-edge'}`}
    />
  );
  const breaks = BREAK_NUMBERS.map((n) => breakFieldNames(day, n)).filter(
    ([begin, end]) => fields[begin] || fields[end],
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="flex flex-wrap items-center gap-2">
          {input(startTimeFieldName(day), 'from')}
          <span className="text-small text-soft">to</span>
          {input(untilFieldName(day), 'until')}
        </span>
        <details className="group/break open:w-full">
          <summary className="flex min-h-11 cursor-pointer list-none items-center text-small [&::-webkit-details-marker]:hidden">
            {breaks.length > 0 ? (
              <span className="text-soft underline decoration-line underline-offset-4 hover:decoration-current">
                {breaks.map(([begin, end]) => `break ${fields[begin] ?? ''} to ${fields[end] ?? ''}`).join(', ')}
              </span>
            ) : (
              <span className="text-euc underline underline-offset-4">Add a break</span>
            )}
            <span className="sr-only"> on {name}</span>
          </summary>
          <div className="grid gap-2 pb-2">
            {BREAK_NUMBERS.map((n) => {
              const [begin, end] = breakFieldNames(day, n);
              return (
                <span key={n} className="flex flex-wrap items-center gap-2">
                  {input(begin, `break ${n} from`)}
                  <span className="text-small text-soft">to</span>
                  {input(end, `break ${n} until`)}
                </span>
              );
            })}
          </div>
        </details>
      </div>
      {error && (
        <FieldError id={errorId} className="mt-1">
          {error}
        </FieldError>
      )}
    </>
  );
}

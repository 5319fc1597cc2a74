import { FieldError } from '@/components/field-error';
import { getDayPartBit, PARTS_OF_DAY } from '@/scheduling/waitlist-matching';
import { formatHoursOfDayParts } from './format-hours-of-day-parts';

const DAYS = [
  ['Monday', 1],
  ['Tuesday', 2],
  ['Wednesday', 3],
  ['Thursday', 4],
  ['Friday', 5],
  ['Saturday', 6],
  ['Sunday', 0],
] as const;

/** Days and parts of the day, a checkbox each. `chosen` has one bit for each ticked checkbox. */
export function DayPartsField({
  chosen,
  error,
  locale,
  whose = 'you',
}: {
  chosen: number;
  error?: string | undefined;
  locale: string;
  /** Whether the form is for the client or filled in by staff for them. */
  whose?: 'you' | 'them';
}) {
  const heads = formatHoursOfDayParts(locale);
  return (
    <fieldset
      className="max-w-[36rem]"
      aria-describedby={error ? 'dayParts-error' : undefined}
      id="dayParts"
      tabIndex={error ? -1 : undefined}
    >
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">Days and times that suit {whose}</legend>
      <table className="w-full border-collapse text-[min(0.875rem,4.6vw)]">
        <thead>
          <tr>
            <td />
            {PARTS_OF_DAY.map((part) => (
              <th key={part} scope="col" className="px-1 py-2 text-center font-normal wrap-anywhere text-soft">
                {heads[part]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map(([day, weekday]) => (
            <tr key={day} className="border-t border-line">
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                {day}
              </th>
              {PARTS_OF_DAY.map((part) => {
                const bit = getDayPartBit(weekday, part);
                return (
                  <td key={part} className="p-0 text-center">
                    <label className="inline-flex min-h-11 min-w-[44px] items-center justify-center">
                      <input
                        type="checkbox"
                        name="dayParts"
                        value={bit}
                        defaultChecked={Math.floor(chosen / bit) % 2 === 1}
                        aria-label={`${day}, ${heads[part].toLowerCase()}`}
                        className="size-5 accent-euc"
                      />
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <FieldError id="dayParts-error" className="mt-2">
          {error}
        </FieldError>
      )}
    </fieldset>
  );
}

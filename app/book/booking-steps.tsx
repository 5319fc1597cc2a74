import type { BookingChoice, BookingStepId } from './booking-choice';
import { bookingHref } from './booking-url';

/**
 * Dates that clash are settled on a page of their own before the page with the form; the reader sees both as one step.
 */
const shown = [
  { word: 'Massage', steps: ['massage'] },
  { word: 'Time', steps: ['time'] },
  { word: 'Dates and you', steps: ['dates', 'you'] },
] as const satisfies { word: string; steps: BookingStepId[] }[];

/** Shows which step of the booking the reader is at; earlier steps are links back. */
export function BookingSteps({ choice }: { choice: BookingChoice }) {
  const current = shown.findIndex(({ steps }) => (steps as readonly BookingStepId[]).includes(choice.step));
  return (
    <nav aria-label="Booking steps" className="border-b border-line">
      <div className="wide">
        <ol className="flex flex-wrap justify-between gap-x-3 wide:justify-start wide:gap-10">
          {shown.map(({ word, steps: [step] }, index) => (
            <li key={step} className="*:-mb-px *:inline-flex *:min-h-12 *:items-center *:gap-1.5 *:border-b-2">
              {index > current ? (
                <span className="border-transparent text-small font-[450] text-soft narrow:text-[0.9375rem]">
                  {index + 1} {word}
                </span>
              ) : (
                <a
                  href={bookingHref(choice, index === current ? choice.step : step)}
                  aria-current={index === current ? 'step' : undefined}
                  className="border-transparent text-small font-[450] text-ink no-underline hover:underline aria-[current]:border-euc aria-[current]:font-semibold narrow:text-[0.9375rem]"
                >
                  {index + 1} {word}
                </a>
              )}
            </li>
          ))}
        </ol>
      </div>
    </nav>
  );
}

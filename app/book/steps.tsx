import { type BookingChoice, bookingHref, type Step, steps } from './booking-url';

const words: Record<Step, string> = { massage: 'Massage', time: 'Time', dates: 'Dates', you: 'You' };

/** Where in the booking the reader is; what lies behind is a way back. */
export function Steps({ choice }: { choice: BookingChoice }) {
  const here = steps.indexOf(choice.step);
  return (
    <nav aria-label="Booking steps" className="border-b border-line">
      <div className="wide">
        <ol className="flex flex-wrap justify-between gap-x-3 wide:justify-start wide:gap-10">
          {steps.map((step, index) => (
            <li key={step} className="*:-mb-px *:inline-flex *:min-h-12 *:items-center *:gap-1.5 *:border-b-2">
              {index > here ? (
                <span className="border-transparent text-small font-[450] text-soft narrow:text-[0.9375rem]">
                  {index + 1} {words[step]}
                </span>
              ) : (
                <a
                  href={bookingHref(choice, step)}
                  aria-current={index === here ? 'step' : undefined}
                  className="border-transparent text-small font-[450] text-ink no-underline hover:underline aria-[current]:border-euc aria-[current]:font-semibold narrow:text-[0.9375rem]"
                >
                  {index + 1} {words[step]}
                </a>
              )}
            </li>
          ))}
        </ol>
      </div>
    </nav>
  );
}

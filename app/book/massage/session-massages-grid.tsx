import type { OfferedService } from '@/app/book/booking-choice';
import { TickMark } from '@/components/date-state-mark';

/**
 * The ladder: a column of radios for each session, firmest on top, so that the filled squares look like stairs. Columns
 * wrap after eight, and after six on the narrowest phones; the first column of each line has the row names.
 */
export function SessionMassagesGrid({ ladder, services }: { ladder: string[]; services: OfferedService[] }) {
  const rows = [...services].sort((a, b) => b.pressure - a.pressure);
  return (
    <div className="-mx-2 mt-6 flex max-w-[46rem] flex-wrap gap-y-6 wide:mx-0 wide:pl-[7.5rem]">
      {ladder.map((chosen, index) => {
        const position = index + 1;
        return (
          <fieldset
            key={position}
            className="group/session relative min-w-0 basis-1/6 px-px narrow:basis-1/8 wide:px-[1.5px]"
          >
            <legend className="sr-only">Session {position}</legend>
            {rows.map((service) => (
              <div
                key={service.id}
                className="[&:has(:checked)~div>label]:border-fill-most [&:has(:checked)~div>label]:bg-fill-most"
              >
                <span
                  aria-hidden="true"
                  className="invisible block h-[2rem] w-0 overflow-hidden pt-[0.75rem] text-small whitespace-nowrap text-soft group-[&:nth-child(6n+1)]/session:visible group-[&:nth-child(6n+1)]/session:overflow-visible narrow:group-[&:nth-child(6n+1)]/session:invisible narrow:group-[&:nth-child(6n+1)]/session:overflow-hidden narrow:group-[&:nth-child(8n+1)]/session:visible narrow:group-[&:nth-child(8n+1)]/session:overflow-visible wide:absolute wide:right-full wide:h-auto wide:w-[7.5rem] wide:text-ink"
                >
                  <span className="block w-[min(16rem,70vw)] truncate wide:w-auto">{service.name}</span>
                </span>
                <label className="group relative grid min-h-11 place-items-center rounded-[2px] border border-line hover:border-edge has-checked:border-euc has-checked:bg-euc has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-euc has-focus-visible:outline-solid wide:mb-[3px]">
                  <input
                    id={`l${position}.${service.id}`}
                    type="radio"
                    className="sr-only"
                    name={`l${position}`}
                    value={service.id}
                    defaultChecked={service.id === chosen}
                  />
                  <span className="sr-only">{service.name}</span>
                  <span className="hidden group-has-checked:block">
                    <TickMark />
                  </span>
                  <span
                    aria-hidden="true"
                    className="size-[7px] rounded-full border-[1.5px] border-edge group-has-checked:hidden"
                  />
                </label>
              </div>
            ))}
            <span aria-hidden="true" className="block pt-1.5 text-center text-small font-medium text-soft">
              {position}
            </span>
          </fieldset>
        );
      })}
    </div>
  );
}

import { DateStateMark } from '@/components/date-state-mark';
import { RadioMark } from '@/components/radio-mark';
import { RadioOption } from '@/components/radio-options';
import { VisitorTime } from '@/components/visitor-time';
import type { DateRow } from './date-rows';

interface DateListProps {
  rows: DateRow[];
  timeZone: string;
  locale: string;
  /**
   * The page on which a repaired date can be changed again; null where that, and skipping a free date, is not possible.
   */
  reopen: ((position: number) => string) | null;
  /** The page on which somebody can wait for a single date that may become free. */
  waitHref?: string;
}

/**
 * Every date with its state. A clash shows its reason and the choices below it: other times, or to skip. The first is
 * chosen.
 */
export function DateList({ rows, timeZone, locale, reopen, waitHref }: DateListProps) {
  return (
    <ol className="@container max-w-[50rem] border-t border-ink">
      {rows.map((row) => {
        const isOpen = row.state === 'clash';
        return (
          <li
            key={row.position}
            id={`date-${row.position}`}
            tabIndex={-1}
            className={
              isOpen
                ? '-mx-(--gutter) -mt-px border-y-2 border-clay bg-sheet px-(--gutter) pb-6 outline-none wide:-mx-6 wide:px-6'
                : 'group/date border-b border-line outline-none'
            }
          >
            <div className="grid grid-cols-[1.75rem_minmax(0,1fr)] items-baseline gap-x-2 pt-3 pb-3 @min-[14rem]:grid-cols-[1.75rem_minmax(0,1fr)_auto] @min-[33rem]:grid-cols-[2.5rem_minmax(0,15rem)_minmax(0,1fr)_auto] @min-[33rem]:py-3.5">
              <span className="text-small text-soft">{row.position}</span>
              <span className="font-serif text-item font-medium tracking-[-0.005em] group-has-[.skip:checked]/date:text-soft group-has-[.skip:checked]/date:line-through">
                {row.day}
              </span>
              <span className="col-start-2 text-small text-soft @min-[14rem]:col-end-4 @min-[14rem]:row-start-2 @min-[33rem]:col-start-3 @min-[33rem]:col-end-4 @min-[33rem]:row-start-1 @min-[33rem]:text-[0.9375rem]">
                {row.hours}
                <VisitorTime instant={row.startsAt} timeZone={timeZone} locale={locale} />, {row.massage}
                {row.who && `, with ${row.who}`}
                {row.insteadOf && `, instead of ${row.insteadOf}`}
                {reopen && row.pick && !isOpen && (
                  <>
                    {' '}
                    <a href={reopen(row.position)} className="inline-block py-1.5">
                      Change<span className="sr-only"> session {row.position}</span>
                    </a>
                  </>
                )}
              </span>
              <span className="col-start-2 flex flex-wrap items-center gap-x-4 @min-[14rem]:col-start-3 @min-[14rem]:row-start-1 @min-[33rem]:col-start-4">
                {reopen && rows.length > 1 && row.state === 'free' && !row.pick ? (
                  <>
                    <label className="-my-3 inline-flex min-h-11 items-center gap-2 text-small text-soft">
                      <input
                        type="checkbox"
                        name={`d${row.position}`}
                        value="skip"
                        className="skip size-4 accent-euc"
                      />
                      Skip<span className="sr-only"> {row.day}</span>
                    </label>
                    <span className="group-has-[.skip:checked]/date:hidden">
                      <DateStateMark state="free" />
                    </span>
                  </>
                ) : (
                  <DateStateMark state={row.state} />
                )}
              </span>
            </div>
            {isOpen ? (
              <ClashRepair row={row} waitHref={rows.length === 1 && row.mayFreeUp ? waitHref : undefined} />
            ) : row.why ? (
              <p className="pb-3.5 pl-9 text-small text-clay wide:pl-12">{row.why}</p>
            ) : (
              row.pick && <input type="hidden" name={`d${row.position}`} value={row.pick} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function ClashRepair({ row, waitHref }: { row: DateRow; waitHref: string | undefined }) {
  return (
    <fieldset className="min-w-0 wide:pl-12">
      <legend className="max-w-[36em] pb-4 font-serif text-read leading-[1.6875rem]">
        <span className="sr-only">
          Session {row.position}, {row.day}:{' '}
        </span>
        {row.why}
      </legend>
      <div className="grid gap-2">
        {row.options.map(({ value, title, hint }) => (
          <RadioOption
            key={value}
            look="row"
            name={`d${row.position}`}
            value={value}
            defaultChecked={value === row.pick}
          >
            <span className="mt-[3px] grid wide:mt-0">
              <RadioMark />
            </span>
            <span className="block wide:contents">
              <b className="block font-serif text-[1.125rem] leading-[1.625rem] font-medium">{title}</b>{' '}
              <span className="block text-small text-soft wide:text-right">{hint}</span>
            </span>
          </RadioOption>
        ))}
      </div>
      {waitHref && (
        <p className={row.options.length > 0 ? 'mt-2' : ''}>
          <a href={waitHref} className="inline-flex min-h-11 items-center">
            Wait for this one: we tell you if it frees up
          </a>
        </p>
      )}
    </fieldset>
  );
}

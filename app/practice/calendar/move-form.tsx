import Form from 'next/form';
import Link from 'next/link';
import { formatList } from '@/app/book/booking-wording';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import type { AppointmentFacts, SeriesDate } from '@/db/appointments/appointment-facts';
import type { MoveWarning } from '@/db/booking/move-as-staff';
import type { AppointmentScope } from '@/db/input/field-schemas';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatDayAtTime, formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { moveAppointmentsOfForm } from './actions';
import { ChangeScopeFields } from './change-scope-fields';
import type { countDatesToMove, ScopeCounts } from './count-dates-in-scope';
import { HiddenAppointmentFields } from './hidden-appointment-fields';
import { MoveDayField } from './move-day-field';
import { describeMoveWarning } from './move-warnings';
import { NotificationNote } from './notification-note';
import { StickyPanelFooter } from './panel-frame';

export interface MoveOptionsData {
  /** The local day whose free times are shown, and the first day that can be asked for. */
  on: string;
  today: string;
  therapistId: string;
  /** The therapists who give this massage. */
  therapists: { id: string; name: string }[];
  minutes: number;
  /** The lengths of this massage, with their present prices with this therapist. */
  lengths: { minutes: number; price: string }[];
  starts: number[];
  /** Where nothing is free on that day: the first day of the next four weeks with a free time. */
  nextFreeDay: string | null;
  /** A time that was typed, and the warnings about it. */
  at: string;
  warnings: MoveWarning[];
  scope: AppointmentScope;
  /** Whether somebody asked for these times; false for the day that the form begins with. */
  isAsked: boolean;
}

interface MoveFormProps {
  facts: AppointmentFacts;
  locale: string;
  moving: MoveOptionsData;
  /** The other dates of its series: all that are upcoming; those that can be moved with it, and those that stay. */
  reach: ScopeCounts;
  movable: ReturnType<typeof countDatesToMove>;
  /** The calendar's own address with this appointment open. */
  back: string;
  keepHref: string;
}

/**
 * Hides the times of an earlier request by style alone, so that it works without script, except for a change of the
 * day.
 */
const IS_OTHER_ASKED = {
  shown: 'group-has-[option:not([data-shown]):checked]/move:block group-has-[[data-other]]/move:block',
  hidden: 'group-has-[option:not([data-shown]):checked]/move:hidden group-has-[[data-other]]/move:hidden',
};
const CONTROL = 'min-h-11 w-full min-w-0 rounded border border-edge bg-sheet px-2.5 text-ui text-ink';

/** Choose a day, a therapist and a length; then choose one of their free times. Each step works without script. */
export function MoveForm(props: MoveFormProps) {
  const { moving, back } = props;
  return (
    <div className="group/move mt-6 grid gap-4 border-t-2 border-euc pt-4">
      <Form action="/practice/calendar" scroll={false} className="grid gap-3">
        {[...new URLSearchParams(back)].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="ask" value="move" />
        <h3 className="font-sans! text-ui! font-semibold!">Move it to</h3>
        <div className="grid grid-cols-[minmax(0,6fr)_minmax(0,5fr)] gap-2">
          <MoveDayField key={moving.on} shown={moving.on} min={moving.today} className={CONTROL} />
          <label className="grid gap-1 text-small">
            With
            <select key={moving.therapistId} name="who" defaultValue={moving.therapistId} className={CONTROL}>
              {moving.therapists.map(({ id, name }) => (
                <option key={id} value={id} data-shown={id === moving.therapistId || undefined}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        {moving.lengths.length > 1 && (
          <label className="grid gap-1 text-small">
            Length
            <select key={moving.minutes} name="for" defaultValue={moving.minutes} className={CONTROL}>
              {moving.lengths.map(({ minutes, price }) => (
                <option key={minutes} value={minutes} data-shown={minutes === moving.minutes || undefined}>
                  {minutes} minutes, {price}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button kind="plain" slim>
          Show free times
        </Button>
      </Form>
      {/* The times below were found for the previous request, and must not be mistaken for those of the new one. */}
      <p className={`hidden text-small font-medium text-clay ${IS_OTHER_ASKED.shown}`}>
        These are the times of another choice. Press “Show free times”.
      </p>
      <div className={IS_OTHER_ASKED.hidden}>
        <FreeTimes
          key={`${moving.on} ${moving.therapistId} ${moving.minutes} ${moving.isAsked} ${moving.warnings}`}
          {...props}
        />
      </div>
    </div>
  );
}

function FreeTimes({ facts, locale, moving, reach, movable, back, keepHref }: MoveFormProps) {
  const { on, starts, nextFreeDay, therapistId, therapists, minutes, lengths, at, warnings, scope } = moving;
  const who = extractFirstName(therapists.find(({ id }) => id === therapistId)?.name ?? '');
  const price = minutes === facts.minutes ? null : lengths.find((length) => length.minutes === minutes)?.price;
  const isWarned = warnings.length > 0;
  const isResized = minutes !== facts.minutes;
  // A change of the length alone applies to dates that no move takes along.
  const scopes = isResized && movable.all === 0 ? reach : movable;
  const nextQuery = new URLSearchParams(back);
  for (const [name, value] of Object.entries({ ask: 'move', to: nextFreeDay ?? on, who: therapistId, for: minutes })) {
    nextQuery.set(name, String(value));
  }
  return (
    <FocusOnOpening>
      <ActionForm action={moveAppointmentsOfForm} className="flex flex-col gap-3">
        <HiddenAppointmentFields facts={facts} back={`${back}&to=${on}&who=${therapistId}&for=${minutes}`} />
        <input type="hidden" name="with" value={therapistId} />
        <input type="hidden" name="minutes" value={minutes} />
        <input type="hidden" name="on" value={on} />
        {isWarned ? (
          <>
            <input type="hidden" name="at" value={at} />
            <input type="hidden" name="meant" value="yes" />
            <Notice
              tone="bad"
              title={
                <span tabIndex={-1} className="outline-none">
                  {formatDay(on, 'short', locale)}, {at}: is it meant?
                </span>
              }
            >
              {warnings.map((warning) => (
                <p key={warning}>{describeMoveWarning(warning, who)}</p>
              ))}
            </Notice>
          </>
        ) : (
          <>
            <fieldset className="grid gap-2">
              <legend className="mb-2">
                <span id="free-times" tabIndex={moving.isAsked ? -1 : undefined} className="font-semibold outline-none">
                  {starts.length === 0 ? 'Nothing free' : 'Free'} on {formatDay(on, 'short', locale)} with {who}
                </span>
              </legend>
              {nextFreeDay && (
                <p>
                  <Link
                    href={`/practice/calendar?${nextQuery}`}
                    scroll={false}
                    className="inline-flex min-h-11 items-center"
                  >
                    Next free day: {formatDay(nextFreeDay, 'short', locale)}
                  </Link>
                </p>
              )}
              <div className="grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] gap-2">
                {starts.map((start) => (
                  <label
                    key={start}
                    className="relative grid min-h-11 cursor-pointer place-items-center rounded border border-edge bg-sheet tabular-nums hover:border-euc has-checked:border-euc has-checked:bg-euc has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-euc"
                  >
                    <input type="radio" name="to" value={start} className="sr-only" />
                    {formatTime(facts.timeZone, start, locale)}
                  </label>
                ))}
              </div>
            </fieldset>
            <label className="grid gap-1 text-small">
              Or at another time
              <input type="time" name="at" step={300} defaultValue={at} className={CONTROL} />
            </label>
          </>
        )}
        {scopes.all > 0 && <ChangeScopeFields legend="Move what?" reach={scopes} chosen={scope} />}
        {scopes.all > 0 && movable.staying.length > 0 && (
          <p className="text-small text-soft">
            {describeStaying(movable.staying, facts.timeZone, locale)}
            {isResized && ' If only the length changes, it changes there too.'}
          </p>
        )}
        <p className="text-small text-soft">
          <NotificationNote client={facts.client} />{' '}
          {price ? `${minutes} minutes cost ${price}.` : 'The price stays as it was booked.'}
        </p>
        <StickyPanelFooter>
          <Button slim>
            {isWarned ? 'Move it all the same' : pickTextByMailEnabled('Move and tell the client', 'Move it')}
          </Button>
          <ButtonLink href={keepHref} kind="plain" slim>
            Leave it
          </ButtonLink>
        </StickyPanelFooter>
      </ActionForm>
    </FocusOnOpening>
  );
}

/** 'Wed 9 Dec at 17:30 stays: it has a time of its own.' */
function describeStaying(staying: SeriesDate[], timeZone: string, locale: string): string {
  const days = formatList(staying.map(({ startsAt }) => formatDayAtTime(timeZone, startsAt, 'short', locale)));
  const isOne = staying.length === 1;
  const why = staying.every(({ isMoved }) => isMoved)
    ? 'a time of its own'
    : staying.some(({ isMoved }) => isMoved)
      ? 'a time or a therapist of its own'
      : 'a therapist of its own';
  return `${days} ${isOne ? 'stays: it has' : 'stay: each has'} ${why}.`;
}

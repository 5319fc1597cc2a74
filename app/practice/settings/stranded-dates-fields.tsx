'use client';

import { TAKE_ALL_DATE_SUGGESTIONS_FIELD } from '@/app/practice/date-decisions/take-all-date-suggestions-field';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { StrandedDatesFormState, StrandedDateView } from './stranded-decisions-form-data';

const PROBLEMS = {
  busy: ['The practice is busy', 'Nothing was saved, and what you entered is still here. Try again in a moment.'],
  changed: [
    'Somebody else changed this meanwhile',
    'Nothing was saved. Open the page again to see how it stands, then make your change.',
  ],
  list_changed: ['What is booked has changed', 'Nothing was saved. This is the list as it is now.'],
  not_found: ['It is not there any more', 'Nothing was saved. Go back to the list to see how it stands.'],
  yourself: [
    'You cannot take this from yourself',
    'Nothing was saved. Ask another owner to do it, so that the practice is never without one.',
  ],
  last_owner: ['This is the only owner', 'Nothing was saved. Make somebody else an owner first.'],
} as const;

/** Why the last press saved nothing, and each booked date that the change strands with its choices. */
export function StrandedDatesFields({ state, title }: { state: StrandedDatesFormState; title: string }) {
  const { problem, dates } = state;
  if (!problem && !dates) return null;
  return (
    <div className="grid gap-6 outline-none" ref={focus} tabIndex={-1}>
      {problem && (
        <Notice tone="bad" title={PROBLEMS[problem][0]} live>
          {PROBLEMS[problem][1]}
        </Notice>
      )}
      {dates && dates.length > 0 && (
        <fieldset className="min-w-0 border-y-2 border-clay bg-sheet px-4 py-5 mid:px-6">
          <legend className="sr-only">{title}</legend>
          <p aria-hidden="true" className="font-serif text-title">
            {title}
          </p>
          <p className="mt-1 text-small text-soft">
            {dates.some(({ otherRoom }) => otherRoom)
              ? 'Where another room is free at that hour, it is chosen: nobody has to be told of that. The others stay'
              : 'They stay'}{' '}
            as they are unless you say otherwise. Nobody is told until you save; who is moved or cancelled is then told
            by e-mail, where a mail server is set.
          </p>
          <TakeAll dates={dates} />
          <ol className="mt-4">
            {dates.map((date) => (
              <li key={date.uid} className="border-t border-line py-3">
                <input type="hidden" name="seen" value={`${date.uid}.${date.version}`} />
                <p className="min-w-0">
                  <span className="font-serif">{date.when}</span>
                  <br />
                  <bdi className="text-small wrap-anywhere text-soft">{date.what}</bdi>
                  {date.paid && <span className="block text-small">{date.paid}</span>}
                </p>
                <div className="flex flex-wrap items-center gap-x-5">
                  {choicesOf(date).map(([choice, value, label]) => (
                    <label key={choice} className="flex min-h-11 items-center gap-2 text-small">
                      <input
                        type="radio"
                        name={`date-${date.uid}`}
                        value={value}
                        defaultChecked={date.choice === choice}
                        className="size-5 accent-euc"
                      />
                      <span>
                        {label} <span className="sr-only">{date.when}</span>
                        {choice === 'move' && date.place?.warning && (
                          <span className="block font-medium text-clay">{date.place.warning}</span>
                        )}
                      </span>
                    </label>
                  ))}
                  <a
                    href={date.moveHref}
                    target="_blank"
                    rel="noreferrer"
                    className="inline-flex min-h-11 items-center text-small"
                  >
                    {date.place ? 'Another time' : 'Move'} <span className="sr-only">{date.when}, in another tab</span>
                  </a>
                </div>
              </li>
            ))}
          </ol>
        </fieldset>
      )}
    </div>
  );
}

/** One button that chooses all suggestions within everybody's caps. It saves nothing, and each choice can still be changed. */
function TakeAll({ dates }: { dates: StrandedDateView[] }) {
  const suggested = dates.filter(({ otherRoom, place }) => otherRoom || (place && !place.warning));
  if (suggested.length < 2) return null;
  if (suggested.every(({ choice }) => choice === 'room' || choice === 'move'))
    return (
      <p className="mt-3 text-small font-medium">
        All {suggested.length} suggestions are chosen. Change what you like: nothing is saved yet.
      </p>
    );
  return (
    <Button kind="plain" slim name={TAKE_ALL_DATE_SUGGESTIONS_FIELD} value="yes" className="mt-3">
      Take all {suggested.length} suggestions
    </Button>
  );
}

/** Each choice with its key, the value that is sent and its label. */
function choicesOf({ otherRoom, place }: StrandedDateView): [StrandedDateView['choice'], string, string][] {
  const choices: ReturnType<typeof choicesOf> = [];
  if (otherRoom) choices.push(['room', `room.${otherRoom.id}`, otherRoom.name]);
  if (place) choices.push(['move', place.value, place.label]);
  return [...choices, ['keep', 'keep', 'Keep'], ['cancel', 'cancel', 'Cancel']];
}

/** The beginning of the heading over the list. */
export function formatStrandedCount(count: number): string {
  return count === 1 ? 'One booked date is touched' : `${count} booked dates are touched`;
}

/** Runs once for each answer: a function created at each render would take the focus away from the button. */
function focus(element: HTMLElement | null): void {
  element?.focus();
}

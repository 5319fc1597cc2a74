'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { Button } from '@/components/button';
import type { AppointmentScope } from '@/db/input/field-schemas';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { AppointmentPlacement, MassageDragOptions, MovableAppointment } from './appointment-placement';
import type { AppointmentDragControls } from './use-appointment-drag';

interface DragFeedbackProps {
  hand: AppointmentDragControls;
  massages: Record<string, MassageDragOptions>;
  /** First names, by therapist id. */
  names: Record<string, string>;
  timeZone: string;
  locale: string;
  /** Whether e-mails go out. */
  sendsMail: boolean;
  /** The one appointment that is in the way where this one was to be put down. */
  other: MovableAppointment | null;
}

const BOX =
  'fixed inset-x-(--gutter) bottom-4 z-40 mx-auto w-fit max-w-[min(36rem,calc(100vw-2*var(--gutter)))] rounded border border-ink bg-sheet p-4';

/**
 * The dialogs of a move: where the appointment is while keys carry it, what has to be asked, and why it was refused.
 */
export function MoveDialogs({ hand, massages, names, timeZone, locale, sendsMail, other }: DragFeedbackProps) {
  const { held } = hand;
  const format = ({ startsAt, therapistId, minutes }: AppointmentPlacement) =>
    `${formatDay(toWallTime(timeZone, startsAt).on, 'short', locale)}, ${formatTime(timeZone, startsAt, locale)} with ${names[therapistId]}, ${minutes} minutes`;
  return (
    <>
      <p role="status" className="sr-only">
        {held?.step === 'carried' && format(held.place)}
        {held?.step === 'sent' && 'Moving'}
      </p>
      {held?.step === 'carried' && <Carried hand={hand} name={held.movable.name} where={format(held.place)} />}
      {held?.step === 'asked' && (
        <QuestionBox onLeave={hand.letGo} key={held.warnings.join()}>
          <Question
            hand={hand}
            where={format(held.place)}
            price={
              held.place.minutes === held.movable.place.minutes
                ? null
                : (massages[held.movable.serviceId]?.prices[`${held.place.therapistId} ${held.place.minutes}`] ?? null)
            }
            who={names[held.place.therapistId] ?? ''}
            move={sendsMail ? 'Move and tell the client' : 'Move it'}
          />
        </QuestionBox>
      )}
      {held?.step === 'refused' && held.refusal && (
        <QuestionBox onLeave={hand.letGo}>
          <div role="alert">
            <h2 className="font-sans! text-ui! font-semibold! text-clay">{held.refusal.title}</h2>
            <p className="text-small text-soft">{held.refusal.words}</p>
          </div>
          <div className="mt-3 flex flex-wrap gap-2">
            {held.refusal.isTaken && other && (
              <Button slim type="button" onClick={() => hand.swapWith(other)}>
                Swap with {other.name}
                {held.refusal.asksSwap && ' all the same'}
              </Button>
            )}
            {held.refusal.isAloneFree && (
              <Button slim type="button" onClick={() => hand.confirm('this')}>
                Move this one only
              </Button>
            )}
            <Button slim type="button" kind="plain" onClick={hand.letGo}>
              Leave it
            </Button>
          </div>
        </QuestionBox>
      )}
    </>
  );
}

/** Keeps the focus while keys carry an appointment, so that no key acts on anything else on the page. */
function Carried({ hand, name, where }: { hand: AppointmentDragControls; name: string; where: string }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.focus(), []);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!hand.press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={bar}
      tabIndex={-1}
      role="application"
      aria-label={`Moving ${name}. Arrow keys move it, plus and minus change its length, Enter puts it down, Escape leaves it.`}
      onKeyDown={press}
      className={`${BOX} outline-2 outline-offset-3 outline-euc`}
    >
      <p className="font-semibold">
        <bdi>{name}</bdi>: {where}
      </p>
      <p className="text-small text-soft">
        Arrows move it, + and − change its length. Enter puts it down, Escape leaves it.
      </p>
    </div>
  );
}

function QuestionBox({ onLeave, children }: { onLeave: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label="Move an appointment"
      onClose={onLeave}
      // Escape closes only the dialog on top.
      onKeyDown={(event) => event.stopPropagation()}
      className="m-auto w-[min(26rem,calc(100vw-2*var(--gutter)))] rounded border border-ink bg-sheet p-5 text-ink backdrop:bg-ink/30"
    >
      {children}
    </dialog>
  );
}

function Question(props: {
  hand: AppointmentDragControls;
  where: string;
  price: string | null;
  who: string;
  move: string;
}) {
  const { hand, where, price, who, move } = props;
  const { movable, place, warnings, scope } = hand.held!;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const scope = String(new FormData(event.currentTarget).get('scope') ?? 'this');
        hand.confirm(scope as AppointmentScope);
      }}
      className="grid gap-3"
    >
      <div>
        <h2 className="text-[1.375rem]! leading-8! font-normal!">
          Move <bdi>{movable.name}</bdi>
        </h2>
        <p>{where}</p>
        {price && (
          <p className="text-small text-soft">
            {place.minutes} minutes cost {price}.
          </p>
        )}
      </div>
      {warnings.length > 0 && (
        <div role="alert" className="border-l-2 border-clay pl-4 font-semibold text-clay">
          {warnings.map((warning) => (
            <p key={warning}>{describeMoveWarning(warning, who)}</p>
          ))}
        </div>
      )}
      {movable.hasOthers && (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-semibold">Move what?</legend>
          <Choice value="this" chosen={scope}>
            This one only
          </Choice>
          {movable.hasFollowing && (
            <Choice value="following" chosen={scope}>
              This and later dates
            </Choice>
          )}
          {movable.hasEarlier && (
            <Choice value="all" chosen={scope}>
              All upcoming dates
            </Choice>
          )}
        </fieldset>
      )}
      <div className="flex flex-wrap gap-2">
        <Button slim>{warnings.length > 0 ? 'Move it all the same' : move}</Button>
        <Button slim kind="plain" type="button" onClick={hand.letGo}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

function Choice(props: { value: AppointmentScope; chosen: AppointmentScope; children: ReactNode }) {
  const { value, chosen, children } = props;
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="scope" value={value} defaultChecked={value === chosen} className="size-5 accent-euc" />
      <span>{children}</span>
    </label>
  );
}

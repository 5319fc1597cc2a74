'use client';

import { unstable_rethrow } from 'next/navigation';
import { useCallback, useEffect, useState, useTransition } from 'react';
import { isSignedOut, signInHref } from '@/components/action-form';
import type { MoveWarning } from '@/db/booking/move-as-staff';
import type { AppointmentScope } from '@/db/input/field-schemas';
import { type DragActionResult, moveByDrag, swapByDrag } from './actions';
import {
  type AppointmentPlacement,
  type DragGridSettings,
  isSamePlacement,
  type MassageDragOptions,
  type MovableAppointment,
  movePlacementByKey,
} from './appointment-placement';

/** An appointment that is being moved, and the place where it would be put down. */
export interface DraggedAppointment {
  movable: MovableAppointment;
  place: AppointmentPlacement;
  /** `pulled` by a mouse, `carried` by keys, `asked` (a question is open), `sent`, or `refused` with a reason. */
  step: 'pulled' | 'carried' | 'asked' | 'sent' | 'refused';
  scope: AppointmentScope;
  warnings: MoveWarning[];
  refusal: Extract<DragActionResult, { kind: 'refused' }> | null;
}

export interface AppointmentDragControls {
  held: DraggedAppointment | null;
  /** Takes it up by keys; it is held until Enter. */
  take: (movable: MovableAppointment) => void;
  /** Drags it with the mouse; it is held until the button is released. */
  pull: (movable: MovableAppointment, place: AppointmentPlacement) => void;
  /** Puts it down by mouse or Enter: asks what has to be asked first, or moves it at once. */
  drop: (movable: MovableAppointment, place: AppointmentPlacement) => void;
  press: (key: string) => boolean;
  confirm: (scope: AppointmentScope) => void;
  swapWith: (other: MovableAppointment) => void;
  letGo: () => void;
}

const NO_ANSWER: DragActionResult = {
  kind: 'refused',
  title: 'No answer came back',
  words: 'Check your connection, then look where it stands before you move it again.',
};

/** A swap is offered only for a moved appointment: one that was only made longer would get the other's time. */
function whoIsBookedAt(
  { place: { therapistId, startsAt } }: MovableAppointment,
  to: AppointmentPlacement,
): DraggedAppointment['refusal'] {
  const hasMoved = to.therapistId !== therapistId || to.startsAt !== startsAt;
  return {
    kind: 'refused',
    title: 'That time is taken',
    words: hasMoved ? 'Nothing was changed. Choose another place for it.' : 'Nothing was changed.',
    isTaken: hasMoved,
  };
}

/** Moves one appointment at a time, by mouse or keys. */
export function useAppointmentDrag(
  massages: Record<string, MassageDragOptions>,
  ground: DragGridSettings,
  /** Whether the calendar shows somebody else booked there. */
  isTaken: (movable: MovableAppointment, place: AppointmentPlacement) => boolean,
): AppointmentDragControls {
  const [held, setHeld] = useState<DraggedAppointment | null>(null);
  const [, startSending] = useTransition();
  const letGo = useCallback(() => setHeld(null), []);

  const send = (
    next: DraggedAppointment,
    action: (form: FormData) => Promise<DragActionResult>,
    fields: Record<string, unknown>,
  ) => {
    setHeld({ ...next, step: 'sent' });
    startSending(async () => {
      const { uid, version, seriesVersion } = next.movable;
      const form = new FormData();
      const back = window.location.search;
      for (const [name, value] of Object.entries({ uid, version, seriesVersion, back, ...fields }))
        form.set(name, String(value));
      try {
        const answer = await action(form);
        setHeld(
          answer.kind === 'unusual'
            ? { ...next, step: 'asked', warnings: answer.warnings, refusal: null }
            : { ...next, step: 'refused', refusal: answer },
        );
      } catch (error) {
        // The move succeeded: the action redirected to the calendar as it is now.
        setHeld(null);
        unstable_rethrow(error);
        // Nothing was typed that could be lost.
        if (isSignedOut(error)) return window.location.assign(signInHref());
        setHeld({ ...next, step: 'refused', refusal: NO_ANSWER as DraggedAppointment['refusal'] });
      }
    });
  };
  const sendMove = (next: DraggedAppointment, scope: AppointmentScope) => {
    const { startsAt, therapistId, minutes } = next.place;
    const acknowledged = next.warnings.length > 0 ? 'yes' : '';
    send({ ...next, scope }, moveByDrag, { to: startsAt, with: therapistId, minutes, scope, meant: acknowledged });
  };
  const drop = (movable: MovableAppointment, place: AppointmentPlacement) => {
    if (isSamePlacement(movable.place, place)) return letGo();
    const next = begun(movable, place, 'asked');
    // Refused before any question is asked: no answer could make the move possible.
    if (isTaken(movable, place)) setHeld({ ...next, step: 'refused', refusal: whoIsBookedAt(movable, place) });
    else if (movable.hasOthers || place.minutes !== movable.place.minutes) setHeld(next);
    else sendMove(next, 'this');
  };

  // A refusal goes away with the next action, and does not stay on another appointment's page.
  useEffect(() => {
    if (held?.step !== 'refused' || held.refusal?.isTaken || held.refusal?.isAloneFree) return;
    const timer = setTimeout(letGo, 20_000);
    return () => clearTimeout(timer);
  }, [held, letGo]);

  return {
    held,
    letGo,
    drop,
    take: (movable) => setHeld(begun(movable, movable.place, 'carried')),
    pull: (movable, place) => setHeld(begun(movable, place, 'pulled')),
    press: (key) => {
      if (held?.step !== 'carried') return false;
      if (key === 'Escape') letGo();
      else if (key === 'Enter') drop(held.movable, held.place);
      else {
        const place = movePlacementByKey(key, held.place, massages[held.movable.serviceId]!, ground);
        if (place) setHeld({ ...held, place });
        return place !== null || key.startsWith('Arrow');
      }
      return true;
    },
    confirm: (scope) => held && sendMove(held, scope),
    swapWith: (other) => {
      const acknowledged = held?.refusal?.asksSwap ? 'yes' : '';
      if (held) send(held, swapByDrag, { other: other.uid, otherVersion: other.version, meant: acknowledged });
    },
  };
}

function begun(
  movable: MovableAppointment,
  place: AppointmentPlacement,
  step: DraggedAppointment['step'],
): DraggedAppointment {
  return { movable, place, step, scope: 'this', warnings: [], refusal: null };
}

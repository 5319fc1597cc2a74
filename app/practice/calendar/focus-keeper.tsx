import { type ComponentProps, type KeyboardEvent, useEffect, useRef } from 'react';
import type { MovableAppointment } from './drag/appointment-placement';

// Two seconds: on a slow machine the calendar is drawn anew that long after the change.
const FRAMES_UNTIL_DRAWN = 120;

/**
 * "m" takes up the appointment that has the focus. And as the calendar draws every appointment anew whenever something
 * changes, the focus is returned to the one that had it.
 */
export function FocusKeeper(
  props: ComponentProps<'div'> & {
    find: (uid: string) => MovableAppointment | null;
    take: (movable: MovableAppointment) => void;
    onOtherKey: (event: KeyboardEvent) => void;
  },
) {
  const { find, take, onOtherKey, children, ...rest } = props;
  const had = useRef<string>(undefined);
  const uidOf = (target: EventTarget) =>
    target instanceof HTMLElement && target.matches('a, [tabindex]:not([role=group])')
      ? target.querySelector<HTMLElement>('[data-uid]')?.dataset.uid
      : undefined;
  useEffect(() => {
    // What moved is drawn where it was before it is drawn where it is: given to the first, the focus is lost again.
    let left = FRAMES_UNTIL_DRAWN;
    const giveBack = () => {
      if (had.current && document.activeElement === document.body) {
        const drawn = document.querySelector(`[data-uid="${CSS.escape(had.current)}"]`);
        drawn?.closest<HTMLElement>('a, [tabindex]')?.focus({ preventScroll: true });
      }
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(giveBack);
    };
    let frame = requestAnimationFrame(giveBack);
    return () => cancelAnimationFrame(frame);
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears keys and focus of what is drawn in it, and can have neither itself
    <div
      {...rest}
      onFocus={({ target }) => {
        had.current = uidOf(target) ?? had.current;
      }}
      onBlur={({ relatedTarget }) => {
        // Whoever goes on to something else is left there; what is in the hand gives the focus back, and what was drawn anew
        // is blurred for nothing.
        const isInHand = relatedTarget?.closest('[role=application], dialog') != null;
        if (relatedTarget && !isInHand) had.current = undefined;
      }}
      onKeyDown={(event) => {
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
        const uid = event.key === 'm' && isPlain ? uidOf(event.target) : undefined;
        const movable = uid && find(uid);
        if (!movable) return onOtherKey(event);
        event.preventDefault();
        take(movable);
      }}
    >
      {children}
    </div>
  );
}

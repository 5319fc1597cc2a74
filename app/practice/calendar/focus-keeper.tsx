import { type ComponentProps, type KeyboardEvent, useEffect, useRef } from 'react';
import type { MovableAppointment } from './drag/appointment-placement';

// Two seconds: on a slow machine the calendar is drawn anew that long after the change.
const FRAMES_UNTIL_DRAWN = 120;

/**
 * "m" takes up the focused appointment. The calendar draws every appointment again on each change, so this also returns
 * the focus to the appointment that had it.
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
    // A moved appointment is drawn once more at its old place before it appears at the new one. Focus given to the
    // first drawing is lost again, so this tries for some frames.
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
        // Focus that goes to another element stays there. Carrying an appointment ends with the focus back on it, and a
        // redrawn appointment is blurred without any other element being focused.
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

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { GridLane, GridSlot } from '@/app/practice/calendar/therapist-calendar';
import { resizeSelectionByStep, selectTimeBetween, type TimeSelection } from './time-selection';

interface Ground {
  timeZone: string;
  stepMinutes: number;
  lanes: GridLane[];
  /** Opens the panel in which the selected time is blocked or booked. */
  block: (stretch: Pick<TimeSelection, 'therapistId' | 'start' | 'end'>) => void;
}

/** A pointer that moves less than this counts as a press. */
const LEAST_PX = 5;

/**
 * Selects empty time by dragging with a mouse or a pen, or by Shift and an arrow key; `b` blocks it. A finger scrolls,
 * and blocks by the panel that a press opens.
 */
export function useTimeSelection(ground: Ground) {
  const [stretch, setStretch] = useState<TimeSelection | null>(null);
  const hasPulled = useRef(false);
  const slotAt = (target: EventTarget | null): { lane: GridLane; slot: GridSlot; drawn: HTMLElement } | null => {
    if (!(target instanceof Element)) return null;
    const drawn = target.closest<HTMLElement>('[data-slot]') ?? target.querySelector<HTMLElement>(':scope [data-slot]');
    const lane = ground.lanes.find(({ slots }) => slots.some(({ id }) => id === drawn?.dataset.slot));
    const slot = lane?.slots.find(({ id }) => id === drawn?.dataset.slot);
    return drawn && lane && slot ? { lane, slot, drawn } : null;
  };
  const open = (chosen: Pick<TimeSelection, 'therapistId' | 'start' | 'end'>) => {
    setStretch(null);
    ground.block(chosen);
  };
  return {
    stretch,
    onClickCapture(event: MouseEvent) {
      // This click ended a drag, so it opens nothing.
      if (!hasPulled.current) return;
      hasPulled.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerDown(event: PointerEvent) {
      hasPulled.current = false;
      const found = event.button === 0 && event.pointerType !== 'touch' ? slotAt(event.target) : null;
      if (!found) return;
      const { lane, slot, drawn } = found;
      const box = drawn.getBoundingClientRect();
      const msPerPx = (slot.end - slot.start) / box.height;
      const pressed = { y: event.pageY, at: slot.start + (event.clientY - box.top) * msPerPx };
      let last: TimeSelection | null = null;
      const end = () => {
        for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
        setStretch(null);
      };
      const listeners: Record<string, EventListener> = {
        pointermove(moving) {
          const { pageY } = moving as globalThis.PointerEvent;
          if (!hasPulled.current && Math.abs(pageY - pressed.y) < LEAST_PX) return;
          hasPulled.current = true;
          const until = pressed.at + (pageY - pressed.y) * msPerPx;
          last = selectTimeBetween({ slotId: slot.id, therapistId: lane.id }, pressed.at, until, ground);
          setStretch(last);
        },
        pointerup() {
          end();
          if (last) ground.block(last);
          // The click of the same press follows at once, or not at all.
          setTimeout(() => {
            hasPulled.current = false;
          });
        },
        pointercancel: end,
        keydown(key) {
          if ((key as globalThis.KeyboardEvent).key !== 'Escape') return;
          key.preventDefault();
          end();
        },
      };
      for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && stretch) {
        event.preventDefault();
        setStretch(null);
        return;
      }
      const found = slotAt(event.target);
      if (!found) return;
      const { lane, slot } = found;
      const own: TimeSelection =
        stretch?.slotId === slot.id
          ? stretch
          : { slotId: slot.id, therapistId: lane.id, start: slot.start, end: slot.end };
      if (event.key === 'b') {
        event.preventDefault();
        open(own);
      } else if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        setStretch(resizeSelectionByStep(own, event.key === 'ArrowDown' ? 1 : -1, ground));
      }
    },
  };
}

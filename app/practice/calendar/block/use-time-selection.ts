import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { DRAWN_DAY, type DrawnHours, getPixelsPerMinute } from '@/app/practice/calendar/drawn-day';
import type { GridLane, GridSlot } from '@/app/practice/calendar/grid-data';
import { parseMinuteOfDay } from '@/scheduling/time-of-day';
import {
  type CalendarPoint,
  resizeSelectionByDay,
  resizeSelectionByStep,
  selectTimeBetween,
  type TimeSelection,
} from './time-selection';

interface Ground {
  timeZone: string;
  stepMinutes: number;
  lanes: GridLane[];
  hours: DrawnHours;
  /** The last day to which a selection can reach by keys; null where a lane shows one day. */
  lastOn: string | null;
  /** Opens the panel in which the selected time is blocked or booked. */
  block: (stretch: Pick<TimeSelection, 'therapistId' | 'start' | 'end'>) => void;
}

/** A pointer that moves less than this counts as a press. */
const LEAST_PX = 5;

/**
 * Selects empty time by dragging with a mouse or a pen, in the week over several days too, or by Shift and an arrow
 * key; `b` blocks it. A finger scrolls, and blocks by the panel that a press opens.
 */
export function useTimeSelection(ground: Ground) {
  const [stretch, setStretch] = useState<TimeSelection | null>(null);
  const hasPulled = useRef(false);
  const slotAt = (target: EventTarget | null): { lane: GridLane; slot: GridSlot } | null => {
    if (!(target instanceof Element)) return null;
    const drawn = target.closest<HTMLElement>('[data-slot]') ?? target.querySelector<HTMLElement>(':scope [data-slot]');
    const lane = ground.lanes.find(({ slots }) => slots.some(({ id }) => id === drawn?.dataset.slot));
    const slot = lane?.slots.find(({ id }) => id === drawn?.dataset.slot);
    return lane && slot ? { lane, slot } : null;
  };
  const open = (chosen: Pick<TimeSelection, 'therapistId' | 'start' | 'end'>) => {
    setStretch(null);
    ground.block(chosen);
  };
  return {
    stretch,
    /** Whether the press that ends now was a drag, which opens nothing but its own panel. */
    hasPulled: () => hasPulled.current,
    onClickCapture(event: MouseEvent) {
      if (!hasPulled.current) return;
      hasPulled.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerDown(event: PointerEvent) {
      hasPulled.current = false;
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const found = findEmptyPlace(event.target, ground.lanes);
      const pressed = found && pointAt(found.drawnLane, event, ground.hours);
      if (!pressed) return;
      const start = { x: event.pageX, y: event.pageY };
      let last: TimeSelection | null = null;
      const end = () => {
        for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
        setStretch(null);
      };
      const listeners: Record<string, EventListener> = {
        pointermove(moving) {
          const at = moving as globalThis.PointerEvent;
          if (!hasPulled.current && Math.hypot(at.pageX - start.x, at.pageY - start.y) < LEAST_PX) return;
          hasPulled.current = true;
          const present = pointAt(found.drawnLane, at, ground.hours);
          if (!present) return;
          const next = selectTimeBetween(found, pressed, present, ground);
          if (last?.start === next.start && last.end === next.end) return;
          last = next;
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
        // A drag over the names and hours of a week would select them as text.
        selectstart: (selecting) => selecting.preventDefault(),
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
      const by = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1;
      if (event.key === 'b') {
        event.preventDefault();
        open(own);
      } else if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        setStretch(resizeSelectionByStep(own, by, ground));
      } else if (event.shiftKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft') && ground.lastOn) {
        event.preventDefault();
        setStretch(resizeSelectionByDay(own, by, { ...ground, lastOn: ground.lastOn }));
      }
    },
  };
}

/** Where a press begins a selection: on a slot, or on a day where nothing that can be pressed is drawn. */
function findEmptyPlace(
  target: EventTarget,
  lanes: GridLane[],
): { slotId: string | null; therapistId: string; drawnLane: HTMLElement } | null {
  if (!(target instanceof Element)) return null;
  const drawnLane = target.closest<HTMLElement>('[data-lane]');
  const lane = lanes.find(({ id }) => id === drawnLane?.dataset.lane);
  if (!drawnLane || !lane?.mayBook || !target.closest(DRAWN_DAY)) return null;
  const drawn =
    target.closest<HTMLElement>('[data-uid]') ?? target.closest('a')?.querySelector<HTMLElement>('[data-uid]');
  if (drawn && drawn.dataset.slot === undefined) return null;
  return { slotId: drawn?.dataset.slot ?? null, therapistId: lane.id, drawnLane };
}

/** The day and minute under the pointer, or the nearest ones that the lane shows. */
function pointAt(
  drawnLane: HTMLElement,
  { clientX, clientY }: { clientX: number; clientY: number },
  hours: Ground['hours'],
): CalendarPoint | null {
  const days = [...drawnLane.querySelectorAll<HTMLElement>(DRAWN_DAY)].map((day) => ({
    day,
    on: day.dataset.date ?? '',
    box: day.getBoundingClientRect(),
  }));
  const outside = ({ left, right }: DOMRect) => Math.max(left - clientX, clientX - right, 0);
  const nearest = days.toSorted((a, b) => outside(a.box) - outside(b.box))[0];
  if (!nearest) return null;
  const [from, until] = [parseMinuteOfDay(hours.from), parseMinuteOfDay(hours.until)];
  const minute = from + (clientY - nearest.box.top) / getPixelsPerMinute(nearest.day, hours);
  return { on: nearest.on, minute: Math.min(until, Math.max(from, minute)) };
}

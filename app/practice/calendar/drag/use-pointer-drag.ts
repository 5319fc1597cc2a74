'use client';

import { type MouseEvent, type PointerEvent, useRef } from 'react';
import { DRAWN_DAY, type DrawnHours, getPixelsPerMinute } from '@/app/practice/calendar/drawn-day';
import { addDays } from '@/scheduling/day';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import {
  type AppointmentPlacement,
  findNearestLength,
  isSamePlacement,
  type MassageDragOptions,
  type MovableAppointment,
} from './appointment-placement';
import type { AppointmentDragControls } from './use-appointment-drag';

// Dragging with a mouse or a pen: the appointment goes as far as the pointer went from where it was pressed. A finger
// scrolls, and moves appointments by the panel.

interface Ground {
  massages: Record<string, MassageDragOptions>;
  timeZone: string;
  stepMinutes: number;
  hours: DrawnHours;
  /** How many days are side by side in one lane. */
  days: number;
}

const MINUTE = 60_000;
/** A pointer that moves less than this counts as a press. */
const LEAST_PX = 5;

/** The handlers for the element around the lanes; `find` gets an appointment by its id. */
export function usePointerDrag(
  hand: AppointmentDragControls,
  find: (uid: string) => MovableAppointment | null,
  ground: Ground,
) {
  const hasPulled = useRef(false);
  return {
    onDragStart: (event: MouseEvent) => event.preventDefault(),
    onClickCapture(event: MouseEvent) {
      // This click ended a drag, so it opens nothing.
      if (!hasPulled.current) return;
      hasPulled.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerDown(event: PointerEvent) {
      hasPulled.current = false;
      if (event.button !== 0 || event.pointerType === 'touch' || !(event.target instanceof Element)) return;
      const drawn = event.target.closest<HTMLElement>('[data-uid]');
      const movable = drawn && find(drawn.dataset.uid ?? '');
      const day = drawn?.closest(DRAWN_DAY);
      if (!drawn || !movable || !day) return;
      const isResize = event.target.closest('[data-resize]') !== null;
      const start = { x: event.pageX, y: event.pageY };
      const pxPerMinute = getPixelsPerMinute(day, ground.hours);
      const lane = drawn.closest<HTMLElement>('[data-lane]');
      const dayWidth = lane ? lane.getBoundingClientRect().width / ground.days : Number.POSITIVE_INFINITY;
      let place = movable.place;
      const goTo = ({ pageX, pageY, clientX }: globalThis.PointerEvent) => {
        if (!hasPulled.current && Math.hypot(pageX - start.x, pageY - start.y) < LEAST_PX) return;
        hasPulled.current = true;
        const by = { x: pageX - start.x, minutes: (pageY - start.y) / pxPerMinute };
        const next = isResize
          ? resized(movable, by.minutes, ground)
          : moved(movable, by, { clientX, dayWidth }, ground);
        if (isSamePlacement(next, place)) return;
        place = next;
        hand.pull(movable, place);
      };
      const end = () => {
        for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
      };
      const listeners: Record<string, EventListener> = {
        pointermove: (moving) => goTo(moving as globalThis.PointerEvent),
        pointerup() {
          end();
          if (hasPulled.current) hand.drop(movable, place);
          // The click of the same press follows at once, or not at all.
          setTimeout(() => {
            hasPulled.current = false;
          });
        },
        pointercancel() {
          end();
          hand.letGo();
        },
        keydown(pressed) {
          if ((pressed as KeyboardEvent).key !== 'Escape') return;
          pressed.preventDefault();
          end();
          hand.letGo();
        },
      };
      for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
    },
  };
}

function resized(
  { place, serviceId }: MovableAppointment,
  minutes: number,
  { massages }: Ground,
): AppointmentPlacement {
  const { lengths } = massages[serviceId]!;
  return { ...place, minutes: findNearestLength([place.minutes, ...lengths], place.minutes + minutes) };
}

/** To the lane under the pointer when its therapist gives the massage; otherwise to another day of the same lane. */
function moved(
  { place, serviceId }: MovableAppointment,
  by: { x: number; minutes: number },
  { clientX, dayWidth }: { clientX: number; dayWidth: number },
  { massages, timeZone, stepMinutes, days }: Ground,
): AppointmentPlacement {
  const startsAt = place.startsAt + Math.round(by.minutes / stepMinutes) * stepMinutes * MINUTE;
  if (days > 1) {
    const { on, time } = toWallTime(timeZone, startsAt);
    return { ...place, startsAt: toInstant(timeZone, addDays(on, Math.round(by.x / dayWidth)), time) };
  }
  const lanes = [...document.querySelectorAll<HTMLElement>('[data-lane]')];
  const under = lanes.find((lane) => {
    const { left, right } = lane.getBoundingClientRect();
    return left <= clientX && clientX < right;
  })?.dataset.lane;
  const mayGive = under !== undefined && massages[serviceId]!.therapistIds.includes(under);
  return { ...place, startsAt, therapistId: mayGive ? under : place.therapistId };
}

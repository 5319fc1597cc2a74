'use client';

import '@fullcalendar/react/skeleton.css';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { ScrollArea } from '@/components/scroll-area';
import { addDays } from '@/scheduling/day';
import { formatTime } from '@/scheduling/formatting';
import { formatMinuteOfDay, parseMinuteOfDay } from '@/scheduling/time-of-day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { SelectedDaysStatus } from './block/selected-days-status';
import { type TimeSelection, toSelectedSpan } from './block/time-selection';
import { useTimeSelection } from './block/use-time-selection';
import { blockTimeHref, bookTimeHref, type CalendarUrlState } from './calendar-url';
import { isPlacementTaken, type MassageDragOptions, type MovableAppointment } from './drag/appointment-placement';
import { MoveDialogs } from './drag/move-dialogs';
import { type DraggedAppointment, useAppointmentDrag } from './drag/use-appointment-drag';
import { usePointerDrag } from './drag/use-pointer-drag';
import { FocusKeeper } from './focus-keeper';
import type { GridEvent, GridLane, GridSlot, GridVisibleRange } from './grid-data';
import { TherapistCalendar } from './therapist-calendar';

export interface CalendarGridProps extends Omit<GridVisibleRange, 'view'> {
  view: 'day' | 'week' | undefined;
  /**
   * The first and the last hour of a day that is shown alone. An hour is more useful on a desk's screen than on a
   * phone's.
   */
  hoursOfDay: { from: string; until: string };
  /** One lane, or on a day one for each therapist, side by side. */
  lanes: GridLane[];
  choice: CalendarUrlState;
  /** For each massage, by id, how its appointments can be moved. */
  massages: Record<string, MassageDragOptions>;
  stepMinutes: number;
  /** Whether e-mails go out. */
  sendsMail: boolean;
}

/**
 * Row height of half an hour, in pixels: ten hours fit a desk's screen at once, and on a phone a row has room for a
 * thumb.
 */
const DENSE = 24;
const HOURS_AT_ONCE = 10;
const ROOMY = 44;

/** Where the browser's text is larger, the rows grow with it. The grid is drawn only in a browser. */
const inLetters = (pixels: number) =>
  pixels * Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);

const wideEnough = {
  subscribe(changed: () => void) {
    const query = window.matchMedia('(min-width: 56.25rem)');
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  },
  read: () => window.matchMedia('(min-width: 56.25rem)').matches,
};

export default function CalendarGrid({ choice, massages, stepMinutes, sendsMail, ...props }: CalendarGridProps) {
  const router = useRouter();
  const isWide = useSyncExternalStore(wideEnough.subscribe, wideEnough.read);
  const view = props.view ?? (isWide ? 'week' : 'day');
  const isDenseDay = isWide && view === 'day';
  const span = { ...props, view, ...(isDenseDay && fitHours(props.hoursOfDay)) };
  const isSideBySide = view === 'day' && props.lanes.length > 1;
  const therapistIds = isSideBySide ? props.lanes.map(({ id }) => id) : [];
  const ground = { timeZone: props.timeZone, stepMinutes, therapistIds };
  const hand = useAppointmentDrag(massages, ground, (movable, place) => isPlacementTaken(props.lanes, movable, place));
  const block = ({ therapistId, start, end }: Pick<TimeSelection, 'therapistId' | 'start' | 'end'>) => {
    const { from, until } = toSelectedSpan({ start, end }, props.timeZone);
    const range = { at: `${from.on}T${from.time}`, to: until.time, until: until.on, therapistId };
    router.push(blockTimeHref(choice, range), { scroll: false });
  };
  const alone = props.lanes.length === 1 && !isDenseDay ? props.lanes[0] : undefined;
  const hours = alone ? { from: alone.from, until: alone.until } : { from: span.from, until: span.until };
  const stretching = useTimeSelection({
    ...{ timeZone: props.timeZone, stepMinutes, lanes: props.lanes, hours, block },
    lastOn: view === 'week' ? addDays(props.monday, 6) : null,
  });
  const formatMoment = (instant: number) => formatTime(props.timeZone, instant, props.locale);
  const lanes = props.lanes.map((lane) =>
    withStretch(withHeld(lane, hand.held, formatMoment), stretching.stretch, props.timeZone, formatMoment),
  );
  const find = (uid: string) => {
    const found = props.lanes.flatMap(({ events }) => events).find(({ id }) => id === uid)?.movable;
    // An appointment whose massage is no longer offered cannot be dragged: the panel says why.
    return found && massages[found.serviceId] ? found : null;
  };
  const days = view === 'week' ? 7 - props.hiddenDays.length : 1;
  const pull = usePointerDrag(hand, find, { massages, timeZone: props.timeZone, stepMinutes, hours, days });
  const bookAt = (therapistId: string, startsAt: number) => {
    if (stretching.hasPulled()) return;
    const { on, time } = toWallTime(props.timeZone, startsAt);
    open(bookTimeHref(choice, `${on}T${time}`, therapistId));
  };
  const frame = (children: ReactNode) => (
    <FocusKeeper
      find={find}
      take={hand.take}
      onDragStart={pull.onDragStart}
      onClickCapture={(event) => {
        pull.onClickCapture(event);
        stretching.onClickCapture(event);
      }}
      onPointerDown={(event) => {
        pull.onPointerDown(event);
        stretching.onPointerDown(event);
      }}
      onOtherKey={stretching.onKeyDown}
    >
      {children}
      <SelectedDaysStatus stretch={stretching.stretch} timeZone={props.timeZone} locale={props.locale} />
      <MoveDialogs
        hand={hand}
        massages={massages}
        names={Object.fromEntries(props.lanes.map(({ id, firstName }) => [id, firstName]))}
        timeZone={props.timeZone}
        locale={props.locale}
        sendsMail={sendsMail}
        other={otherAt(props.lanes, hand.held)}
      />
    </FocusKeeper>
  );
  const entry = lanes[0];
  const open = (href: string) => router.push(href, { scroll: false });
  const opensOnNow = !isWide && view === 'day' && toWallTime(props.timeZone, Date.now()).on === props.on;
  const drawn = useRef<HTMLDivElement>(null);
  const from = entry?.from ?? props.from;
  useEffect(() => {
    if (opensOnNow && drawn.current) scrollToNow(drawn.current, props.timeZone, from);
  }, [opensOnNow, props.timeZone, from]);

  if (!entry || (lanes.length > 1 && view === 'week')) return null;
  if (lanes.length === 1) {
    const grid = (
      <TherapistCalendar
        key={`${entry.id} ${view} ${view === 'week' ? props.monday : props.on}`}
        span={{ ...span, ...hours }}
        lane={entry}
        {...{ open, bookAt, stepMinutes }}
        rowHeight={inLetters(isDenseDay ? DENSE : ROOMY)}
      />
    );
    // A week keeps the width that names need; on a phone one scrolls it sideways.
    return frame(
      view === 'week' ? (
        <ScrollArea ref={drawn} label="The week" className="overflow-x-auto">
          <div data-lane={entry.id} className="min-w-[48rem]">
            {grid}
          </div>
        </ScrollArea>
      ) : (
        <div ref={drawn}>
          <div data-lane={entry.id}>{grid}</div>
        </div>
      ),
    );
  }
  return frame(
    <ScrollArea ref={drawn} label="The day, therapist by therapist" className="overflow-x-auto">
      <div className="flex">
        {lanes.map((lane, index) => (
          <section
            key={`${lane.id} ${props.on}`}
            data-lane={lane.id}
            aria-label={lane.name}
            className={
              index === 0
                ? 'flex-[1_0_min(11rem,100%)] mid:flex-[1_0_13rem]'
                : 'flex-[1_0_min(8rem,100%)] border-l border-line mid:flex-[1_0_10rem]'
            }
          >
            <h2
              className={`flex flex-wrap items-baseline justify-between gap-x-2 border-b border-line px-2 py-1.5 font-serif text-[1.0625rem]! leading-snug! font-medium! ${index === 0 ? 'ml-[3rem] border-l' : ''}`}
            >
              <span className="border-l-3 pl-2 wrap-anywhere" style={{ borderLeftColor: lane.colour }}>
                {lane.name}
              </span>
              <span className="font-sans text-tiny font-normal text-soft">{lane.counts[props.on]}</span>
            </h2>
            <TherapistCalendar
              {...{ span, lane, open, bookAt, stepMinutes }}
              rowHeight={inLetters(isWide ? DENSE : ROOMY)}
              hasAxis={index === 0}
            />
          </section>
        ))}
      </div>
    </ScrollArea>,
  );
}

/** Adds an hour before the day, to book in, where the day is short enough to stay in sight as a whole. */
function fitHours({ from, until }: { from: string; until: string }): { from: string; until: string } {
  const first = parseMinuteOfDay(from);
  const isShort = parseMinuteOfDay(until) - first < 60 * HOURS_AT_ONCE;
  return { from: isShort && first > 0 ? formatMinuteOfDay(first - 60) : from, until };
}

/** A dragged appointment stays faint where it was, and is outlined where it would be put down. */
function withHeld(lane: GridLane, held: DraggedAppointment | null, say: (instant: number) => string): GridLane {
  if (!held) return lane;
  const { movable, place } = held;
  const ownEvents = lane.events.map((event) =>
    event.id === movable.uid ? { ...event, isLifted: 'from' as const } : event,
  );
  if (place.therapistId !== lane.id) return { ...lane, events: ownEvents };
  const put: GridEvent = {
    id: `${movable.uid} in the hand`,
    title: movable.name,
    detail: `${say(place.startsAt)}, ${place.minutes} minutes`,
    start: place.startsAt,
    end: place.startsAt + place.minutes * 60_000,
    tone: 'held',
    colour: lane.colour,
    href: null,
    selected: false,
    movable: null,
    isLifted: 'to',
  };
  return { ...lane, events: [...ownEvents, put], slots: [] };
}

/**
 * Draws the selection in place of the slots that it covers. Over several days the hours of each day are drawn as slots,
 * and behind them all the time from first to last.
 */
function withStretch(
  lane: GridLane,
  stretch: TimeSelection | null,
  timeZone: string,
  formatTimeOf: (instant: number) => string,
): GridLane {
  if (stretch?.therapistId !== lane.id) return lane;
  const { slotId, start, end } = stretch;
  const { from, until, hoursOfDays } = toSelectedSpan(stretch, timeZone);
  const isOneDay = from.on === until.on;
  const pressed = lane.slots.find(({ id }) => id === slotId);
  const toSlot = (part: { start: number; end: number }, at: number): GridSlot => ({
    ...part,
    // By the id of the slot on which it began, the focus returns to it.
    id: at === 0 && slotId ? slotId : `${lane.id} selected ${at}`,
    time: `${formatTimeOf(part.start)} to ${formatTimeOf(part.end)}`,
    who: lane.firstName,
    href: pressed?.href ?? '',
    isChosen: true,
  });
  return {
    ...lane,
    slots: [
      ...lane.slots.filter((slot) => slot.id !== slotId && (slot.end <= start || slot.start >= end)),
      ...(isOneDay ? [{ start, end }] : (hoursOfDays ?? [])).map(toSlot),
    ],
    selected: isOneDay ? null : { start, end },
  };
}

/** The only appointment at the place where the dragged one would go; null where there is none, or more than one. */
function otherAt(lanes: GridLane[], held: DraggedAppointment | null): MovableAppointment | null {
  if (!held) return null;
  const { therapistId, startsAt, minutes } = held.place;
  const end = startsAt + minutes * 60_000;
  const candidates = lanes
    .filter(({ id }) => id === therapistId)
    .flatMap(({ events }) => events)
    .filter((event) => event.id !== held.movable.uid && event.start < end && event.end > startsAt);
  return candidates.length === 1 ? candidates[0]!.movable : null;
}

/** On a phone, scrolls to the present hour, unless there is a notice to read above or somebody has scrolled already. */
function scrollToNow(drawn: HTMLElement, timeZone: string, from: string): void {
  if (window.scrollY > 0 || document.getElementById('flash')) return;
  const hoursIn = (parseMinuteOfDay(toWallTime(timeZone, Date.now()).time) - parseMinuteOfDay(from)) / 60;
  if (hoursIn > 2) window.scrollTo(0, drawn.getBoundingClientRect().top + (hoursIn - 1) * 2 * inLetters(ROOMY));
}

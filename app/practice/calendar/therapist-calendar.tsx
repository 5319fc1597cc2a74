'use client';

import FullCalendar from '@fullcalendar/react';
import interaction from '@fullcalendar/react/interaction';
import timeGrid from '@fullcalendar/react/timegrid';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { MovableAppointment } from './drag/appointment-placement';

export interface GridEvent {
  id: string;
  title: string;
  detail: string;
  /** 'Arrived', or 'In the room'. */
  state?: string;
  start: number;
  end: number;
  /** The appointment with its set-up and clean-up; absent when it is cancelled. */
  occupied?: { start: number; end: number };
  tone: 'ahead' | 'done' | 'missed' | 'off' | 'held';
  /** While an appointment is moved: `from` is drawn where it was, `to` where it would be put down. */
  isLifted?: 'from' | 'to';
  /** Null where the appointment cannot be moved, or not by this viewer. */
  movable: MovableAppointment | null;
  colour: string;
  href: string | null;
  selected: boolean;
}

/** Empty time to press. */
export interface GridSlot {
  id: string;
  start: number;
  end: number;
  time: string;
  /** The therapist in whose calendar it is. */
  who: string;
  href: string;
  isChosen: boolean;
}

/** The data of one FullCalendar. */
export interface GridLane {
  id: string;
  name: string;
  firstName: string;
  colour: string;
  events: GridEvent[];
  slots: GridSlot[];
  closed: { start: number; end: number; title: string }[];
  /** A selection that runs over several days, from first to last. */
  selected?: { start: number; end: number } | null;
  /** Whether the viewer may book in it, also outside of the working hours. */
  mayBook: boolean;
  /** The line below each day's name, by local day. */
  counts: Record<string, string>;
  /** The wall times between which the lane is drawn when it is shown alone. */
  from: string;
  until: string;
}

/** The days and hours that are drawn. */
export interface GridVisibleRange {
  timeZone: string;
  locale: string;
  monday: string;
  on: string;
  view: 'day' | 'week';
  hiddenDays: number[];
  /** Wall times between which the grid is drawn. */
  from: string;
  until: string;
}

const TONES: Record<GridEvent['tone'], string> = {
  ahead: 'bg-fill-most text-ink',
  done: 'bg-paper text-ink ring-1 ring-inset ring-line',
  missed: 'bg-paper text-soft ring-1 ring-inset ring-line line-through',
  off: 'bg-sand text-soft',
  held: 'bg-sheet text-ink border border-dashed border-edge',
};

const HOUR = 3_600_000;
/** "10 am" where the locale has a 12-hour clock: the column has no room for more. */
const HOURS = {
  12: { hour: 'numeric', hour12: true },
  24: { hour: '2-digit', minute: '2-digit', hour12: false },
} as const;

/** Colour and line show the status on screen; this text says it to screen readers. */
const STATUS_TEXT = { ahead: '', done: ', completed', missed: ', did not come', off: '', held: ', held' };

interface TherapistGridProps {
  span: GridVisibleRange;
  lane: GridLane;
  open: (href: string) => void;
  /** Opens the booking of empty time that was pressed. */
  bookAt: (therapistId: string, startsAt: number) => void;
  /** The steps on which a press falls. */
  stepMinutes: number;
  /** The height of half an hour, in pixels. */
  rowHeight: number;
  /** Whether it shows the hours at the side: one of several grids side by side does. */
  hasAxis?: boolean;
}

/** One FullCalendar: a week or a day of one therapist. */
export function TherapistCalendar({
  span,
  lane,
  open,
  bookAt,
  stepMinutes,
  rowHeight,
  hasAxis = true,
}: TherapistGridProps) {
  const { view } = span;
  const { halves } = getLocaleDateConventions(span.locale);
  return (
    <FullCalendar
      plugins={[timeGrid, interaction]}
      initialView={view === 'week' ? 'timeGridWeek' : 'timeGridDay'}
      initialDate={view === 'week' ? span.monday : span.on}
      firstDay={1}
      hiddenDays={view === 'week' ? span.hiddenDays : []}
      timeZone={span.timeZone}
      locale="en-IE"
      headerToolbar={false}
      dayHeaders={view === 'week'}
      tableHeaderSticky={false}
      allDaySlot={false}
      height="auto"
      slotDuration="00:30"
      slotMinHeight={rowHeight}
      slotHeaderInterval="01:00"
      slotMinTime={span.from}
      slotMaxTime={span.until}
      slotHeaderFormat={HOURS[halves ? 12 : 24]}
      slotHeaderInnerClass={`pt-0.5 text-tiny text-soft ${hasAxis ? 'w-[3rem] pr-2' : 'w-0 overflow-hidden invisible'}`}
      slotLaneClass={(slot) => (slot.isMinor ? '' : 'border-t border-line')}
      dayLaneClass={hasAxis ? 'border-l border-line' : ''}
      dayHeaderClass={(header) =>
        `border-l border-b border-line ${header.isToday ? 'shadow-[inset_0_3px_0_var(--euc)]' : ''}`
      }
      dayHeaderContent={(header) => {
        const count = lane.counts[toWallTime(span.timeZone, header.date.getTime()).on];
        return (
          <div className="px-2 py-2.5 text-left font-serif">
            <span className="block text-[1.0625rem] leading-snug font-medium">{header.text}</span>
            <span className="block font-sans text-tiny text-soft">
              {header.isToday ? 'today' : ''}
              {header.isToday && count ? ', ' : ''}
              {count ?? ''}
            </span>
          </div>
        );
      }}
      dayHeaderFormat={{ weekday: 'short', day: 'numeric' }}
      nowIndicator
      nowIndicatorLineClass="border-t-2 border-clay"
      nowIndicatorDotClass="size-2 -translate-x-1 -translate-y-1 rounded-full bg-clay"
      eventInteractive
      snapDuration={{ minutes: stepMinutes }}
      // FullCalendar hears a press where nothing is drawn; a drag is heard by block/use-time-selection.ts.
      dateClick={({ date }) => lane.mayBook && bookAt(lane.id, date.getTime())}
      eventMinHeight={leastHeight(rowHeight)}
      slotEventOverlap={false}
      events={[
        ...lane.events.map((event) => ({
          id: event.id,
          title: event.title,
          start: new Date(event.start).toISOString(),
          end: new Date(event.end).toISOString(),
          url: event.href ?? undefined,
          extendedProps: { own: event },
          ...(isThin(event, rowHeight) && { display: 'background' }),
        })),
        ...lane.slots.map((slot) => ({
          id: slot.id,
          title: slot.time,
          start: new Date(slot.start).toISOString(),
          end: new Date(slot.end).toISOString(),
          url: slot.href,
          extendedProps: { slot },
        })),
        ...lane.closed.map((hours) => ({
          title: hours.title,
          start: new Date(hours.start).toISOString(),
          end: new Date(hours.end).toISOString(),
          display: 'background',
        })),
        ...(lane.selected
          ? [
              {
                title: '',
                start: new Date(lane.selected.start).toISOString(),
                end: new Date(lane.selected.end).toISOString(),
                display: 'background',
                extendedProps: { isSelected: true },
              },
            ]
          : []),
      ]}
      backgroundEventClass={({ event: { extendedProps } }) =>
        extendedProps.isSelected ? 'bg-euc/20' : extendedProps.own ? '' : 'bg-sand'
      }
      backgroundEventContent={({ event: { title, extendedProps } }) =>
        extendedProps.own ? (
          <ThinBody event={extendedProps.own as GridEvent} rowHeight={rowHeight} />
        ) : (
          <span className="block px-2 py-1.5 text-tiny text-soft">{title}</span>
        )
      }
      columnEventClass="px-px pb-0.5 no-underline"
      eventContent={({ event: { extendedProps } }) =>
        extendedProps.slot ? (
          <SlotBody slot={extendedProps.slot as GridSlot} />
        ) : (
          <EventBody event={extendedProps.own as GridEvent} rowHeight={rowHeight} />
        )
      }
      eventClick={(info) => {
        info.jsEvent.preventDefault();
        if (info.event.url) open(info.event.url);
      }}
    />
  );
}

/** The least height of anything that can be pressed, tall enough for a finger. */
const leastHeight = (rowHeight: number) => Math.min(44, rowHeight);
const heightOf = ({ start, end }: GridEvent, rowHeight: number) => ((end - start) / HOUR) * 2 * rowHeight;

/**
 * Events of a few minutes that cannot be pressed keep their true height: made taller, they would cover what follows.
 */
function isThin(event: GridEvent, rowHeight: number): boolean {
  return event.tone === 'off' && event.href === null && heightOf(event, rowHeight) < leastHeight(rowHeight);
}

const LINE_HEIGHT = 16;

/** FullCalendar gives the least height to these events as well, so the content sets its own height. */
function ThinBody({ event, rowHeight }: { event: GridEvent; rowHeight: number }) {
  const height = heightOf(event, rowHeight);
  return (
    <div
      title={event.title}
      className="overflow-hidden border-y border-line bg-sand px-2 text-tiny leading-4 text-soft"
      style={{ height }}
    >
      <span className={height >= LINE_HEIGHT ? 'block truncate' : 'sr-only'}>{event.title}</span>
    </div>
  );
}

function SlotBody({ slot }: { slot: GridSlot }) {
  const look = slot.isChosen
    ? 'border-euc bg-euc text-on-euc'
    : 'border-line bg-sheet text-soft hover:border-euc hover:text-ink';
  return (
    <div
      data-slot={slot.id}
      // A selected slot is drawn again at each step; by this id it gets the focus back.
      data-uid={slot.id}
      className={`h-full cursor-pointer overflow-hidden rounded-sm border px-2 py-0.5 text-tiny ${look}`}
    >
      {!slot.isChosen && (
        <span aria-hidden="true" className="mr-1.5 text-euc">
          +
        </span>
      )}
      <span className="sr-only">Book </span>
      {slot.time}
      <span className="sr-only"> with {slot.who}</span>
    </div>
  );
}

function EventBody({ event, rowHeight }: { event: GridEvent; rowHeight: number }) {
  const look = event.selected ? 'bg-euc text-on-euc' : TONES[event.tone];
  const lifted = {
    from: 'bg-paper! text-soft! ring-1 ring-inset ring-edge',
    to: 'outline-2 -outline-offset-2 outline-euc',
  };
  const isShort = event.end - event.start < HOUR;
  // One line where there is no room for two.
  const isOneLine = heightOf(event, rowHeight) < 44;
  return (
    <div
      // Without "relative", text for screen readers would be outside the box, at the end of a long name.
      data-uid={event.isLifted === 'to' ? undefined : event.id}
      className={`relative h-full overflow-hidden ${event.isLifted ? lifted[event.isLifted] : ''} rounded-sm border-l-3 px-2 ${isOneLine ? 'flex items-baseline gap-2' : rowHeight < 40 ? 'py-0.5' : 'py-1'} ${event.href ? 'cursor-pointer hover:brightness-95' : ''} ${look}`}
      style={{ borderLeftColor: event.colour }}
    >
      <span className="block truncate text-small font-semibold">
        {event.tone === 'done' && <span aria-hidden="true">✓ </span>}
        {event.title}
        {event.state && <span className="ml-2 text-tiny font-normal">{event.state}</span>}
        <span className="sr-only">{STATUS_TEXT[event.tone]}</span>
      </span>
      <span
        className={`text-tiny ${event.selected ? '' : 'text-soft'} ${isShort ? 'block truncate' : 'line-clamp-2 leading-[1.0625rem]'}`}
      >
        {event.detail.replace(/(\d+) of (\d+)$/, '$1\u00a0of\u00a0$2')}
      </span>
      {event.movable && <span data-resize className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize" />}
    </div>
  );
}

'use client';

import FullCalendar from '@fullcalendar/react';
import interaction from '@fullcalendar/react/interaction';
import timeGrid from '@fullcalendar/react/timegrid';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { GridEvent, GridLane, GridSlot, GridVisibleRange } from './grid-data';
import { EventBody, isThin, leastHeight, SlotBody, ThinBody } from './grid-event-content';

/** "10 am" where the locale has a 12-hour clock: the column has no room for more. */
const HOURS = {
  12: { hour: 'numeric', hour12: true },
  24: { hour: '2-digit', minute: '2-digit', hour12: false },
} as const;

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

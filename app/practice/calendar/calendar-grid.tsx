'use client';

import '@fullcalendar/react/skeleton.css';
import FullCalendar from '@fullcalendar/react';
import timeGrid from '@fullcalendar/react/timegrid';
import { useRouter } from 'next/navigation';
import { useSyncExternalStore } from 'react';

export interface GridEvent {
  id: string;
  title: string;
  detail: string;
  start: number;
  end: number;
  tone: 'ahead' | 'done' | 'missed' | 'off' | 'held';
  colour: string;
  href: string | null;
  selected: boolean;
}

export interface CalendarGridProps {
  timeZone: string;
  monday: string;
  on: string;
  view: 'day' | 'week' | undefined;
  hiddenDays: number[];
  /** Wall times between which the grid is drawn. */
  from: string;
  until: string;
  events: GridEvent[];
  closed: { start: number; end: number; title: string }[];
  /** What stands under each day's name, by local day. */
  counts: Record<string, string>;
}

const TONES: Record<GridEvent['tone'], string> = {
  ahead: 'bg-fill-most text-ink',
  done: 'bg-paper text-ink ring-1 ring-inset ring-line',
  missed: 'bg-paper text-soft ring-1 ring-inset ring-line line-through',
  off: 'bg-sand text-soft',
  held: 'bg-sheet text-ink border border-dashed border-edge',
};

const TICK = { ahead: '', done: '✓ ', missed: '', off: '', held: '' };

const wideEnough = {
  subscribe(changed: () => void) {
    const query = window.matchMedia('(min-width: 900px)');
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  },
  read: () => window.matchMedia('(min-width: 900px)').matches,
};

export default function CalendarGrid(props: CalendarGridProps) {
  const router = useRouter();
  const isWide = useSyncExternalStore(wideEnough.subscribe, wideEnough.read);
  const view = props.view ?? (isWide ? 'week' : 'day');

  // A week keeps the width that names need; on a phone one pulls it sideways.
  return (
    <div className={view === 'week' ? 'overflow-x-auto' : ''}>
      <div className={view === 'week' ? 'min-w-[48rem]' : ''}>
        <FullCalendar
          key={`${view}-${view === 'week' ? props.monday : props.on}`}
          plugins={[timeGrid]}
          initialView={view === 'week' ? 'timeGridWeek' : 'timeGridDay'}
          initialDate={view === 'week' ? props.monday : props.on}
          firstDay={1}
          hiddenDays={view === 'week' ? props.hiddenDays : []}
          timeZone={props.timeZone}
          locale="en-IE"
          headerToolbar={false}
          dayHeaders={view === 'week'}
          tableHeaderSticky={false}
          allDaySlot={false}
          height="auto"
          slotDuration="00:30"
          slotMinHeight={48}
          slotHeaderInterval="01:00"
          slotMinTime={props.from}
          slotMaxTime={props.until}
          slotHeaderFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
          slotHeaderInnerClass="pr-2 pt-0.5 text-tiny text-soft"
          slotLaneClass={(lane) => (lane.isMinor ? '' : 'border-t border-line')}
          dayLaneClass="border-l border-line"
          dayHeaderClass={(header) =>
            `border-l border-b border-line ${header.isToday ? 'shadow-[inset_0_3px_0_var(--euc)]' : ''}`
          }
          dayHeaderContent={(header) => {
            const on = header.date.toISOString().slice(0, 10);
            return (
              <div className="px-2 py-2.5 text-left font-serif">
                <span className="block text-[1.0625rem] leading-snug font-medium">{header.text}</span>
                <span className="block font-sans text-tiny text-soft">
                  {header.isToday ? 'today' : ''}
                  {header.isToday && props.counts[on] ? ', ' : ''}
                  {props.counts[on] ?? ''}
                </span>
              </div>
            );
          }}
          dayHeaderFormat={{ weekday: 'short', day: 'numeric' }}
          nowIndicator
          nowIndicatorLineClass="border-t-2 border-clay"
          nowIndicatorDotClass="size-2 -translate-x-1 -translate-y-1 rounded-full bg-clay"
          eventInteractive
          eventMinHeight={44}
          slotEventOverlap={false}
          events={[
            ...props.events.map((event) => ({
              id: event.id,
              title: event.title,
              start: new Date(event.start).toISOString(),
              end: new Date(event.end).toISOString(),
              url: event.href ?? undefined,
              extendedProps: { own: event },
            })),
            ...props.closed.map((hours) => ({
              title: hours.title,
              start: new Date(hours.start).toISOString(),
              end: new Date(hours.end).toISOString(),
              display: 'background',
            })),
          ]}
          backgroundEventClass="bg-sand"
          backgroundEventContent={(info) => (
            <span className="block px-2 py-1.5 text-tiny text-soft">{info.event.title}</span>
          )}
          columnEventClass="px-px pb-0.5 no-underline"
          eventContent={(info) => <EventBody event={info.event.extendedProps.own as GridEvent} />}
          eventClick={(info) => {
            info.jsEvent.preventDefault();
            if (info.event.url) router.push(info.event.url);
          }}
        />
      </div>
    </div>
  );
}

function EventBody({ event }: { event: GridEvent }) {
  const look = event.selected ? 'bg-euc text-on-euc' : TONES[event.tone];
  return (
    <div
      className={`h-full overflow-hidden rounded-sm border-l-3 px-2 py-1 ${look}`}
      style={{ borderLeftColor: event.colour }}
    >
      <span className="block truncate text-small font-semibold">
        <span aria-hidden="true">{TICK[event.tone]}</span>
        {event.title}
      </span>
      <span className={`block truncate text-tiny ${event.selected ? '' : 'text-soft'}`}>{event.detail}</span>
    </div>
  );
}

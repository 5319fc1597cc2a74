'use client';

import '@fullcalendar/react/skeleton.css';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { toWall } from '@/scheduling/zone';
import { Grid, type GridLane, type GridSpan } from './grid';

export interface CalendarGridProps extends Omit<GridSpan, 'view'> {
  view: 'day' | 'week' | undefined;
  /** One, or one a therapist: side by side on a day. */
  lanes: GridLane[];
  /** The one that is shown where there is room for one. */
  alone: string;
}

/** Half an hour: a day of ten hours is seen at once on a desk, and has room for a thumb on a phone. */
const DENSE = 25;
const ROOMY = 44;

const wideEnough = {
  subscribe(changed: () => void) {
    const query = window.matchMedia('(min-width: 900px)');
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  },
  read: () => window.matchMedia('(min-width: 900px)').matches,
};

export default function CalendarGrid({ lanes, alone, ...props }: CalendarGridProps) {
  const router = useRouter();
  const isWide = useSyncExternalStore(wideEnough.subscribe, wideEnough.read);
  const view = props.view ?? (isWide ? 'week' : 'day');
  const span = { ...props, view };
  const entry = lanes.find(({ id }) => id === alone) ?? lanes[0];
  const open = (href: string) => router.push(href, { scroll: false });
  const opensOnNow = !isWide && view === 'day' && toWall(props.timeZone, Date.now()).on === props.on;
  const drawn = useRef<HTMLDivElement>(null);
  const from = entry?.from ?? props.from;
  useEffect(() => {
    if (opensOnNow && drawn.current) scrollToNow(drawn.current, props.timeZone, from);
  }, [opensOnNow, props.timeZone, from]);

  if (!entry || (lanes.length > 1 && isWide && view === 'week')) return null;
  if (lanes.length === 1 || !isWide) {
    // A week keeps the width that names need; on a phone one pulls it sideways.
    return (
      <div ref={drawn} className={view === 'week' ? 'overflow-x-auto' : ''}>
        <div className={view === 'week' ? 'min-w-[48rem]' : ''}>
          <Grid
            key={`${entry.id} ${view} ${view === 'week' ? props.monday : props.on}`}
            span={{ ...span, from: entry.from, until: entry.until }}
            lane={entry}
            open={open}
            rowHeight={view === 'day' && isWide ? DENSE : ROOMY}
          />
        </div>
      </div>
    );
  }
  return (
    <div className="overflow-x-auto">
      <div className="flex">
        {lanes.map((lane, index) => (
          <section
            key={`${lane.id} ${props.on}`}
            aria-label={lane.name}
            className={index === 0 ? 'flex-[1_0_13rem]' : 'flex-[1_0_10rem] border-l border-line'}
          >
            <h2
              className={`flex items-baseline justify-between gap-2 border-b border-line px-2 py-1.5 font-serif text-[1.0625rem]! leading-snug! font-medium! ${index === 0 ? 'ml-12 border-l' : ''}`}
            >
              <span className="border-l-3 pl-2 wrap-anywhere" style={{ borderLeftColor: lane.colour }}>
                {lane.name}
              </span>
              <span className="font-sans text-tiny font-normal text-soft">{lane.counts[props.on]}</span>
            </h2>
            <Grid {...{ span, lane, open }} rowHeight={DENSE} hasAxis={index === 0} />
          </section>
        ))}
      </div>
    </div>
  );
}

/** On a phone the day opens on now, unless there is something to read above it, or somebody has scrolled already. */
function scrollToNow(drawn: HTMLElement, timeZone: string, from: string): void {
  if (window.scrollY > 0 || document.getElementById('flash')) return;
  const [hours = 0, minutes = 0] = toWall(timeZone, Date.now()).time.split(':').map(Number);
  const hoursIn = hours + minutes / 60 - Number(from.slice(0, 2));
  if (hoursIn > 2) window.scrollTo(0, drawn.getBoundingClientRect().top + (hoursIn - 1) * 2 * ROOMY);
}

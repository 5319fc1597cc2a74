'use client';

import dynamic from 'next/dynamic';
import type { CalendarGridProps } from './calendar-grid';

// FullCalendar draws only in a browser and is large, so the page loads first and a frame keeps its place. Without
// script the grid never appears, and the list below takes its place.
const CalendarGrid = dynamic(() => import('./calendar-grid'), {
  ssr: false,
  loading: () => (
    <div
      className="h-[60vh] animate-pulse rounded bg-sand noscript:hidden"
      role="status"
      aria-label="Drawing the calendar"
    />
  ),
});

export function LazyCalendarGrid(props: CalendarGridProps) {
  return <CalendarGrid {...props} />;
}

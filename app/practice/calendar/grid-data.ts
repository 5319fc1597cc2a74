import type { MovableAppointment } from './drag/appointment-placement';

// What the calendar draws: appointments, empty time and closed hours, by therapist.

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

import type { Cadence } from '@/scheduling/cadence';
import type { AppointmentStatus, WallRange } from './schema';
import type { Staff } from './viewer';

export interface CalendarQuery {
  /** Local day. */
  from: string;
  /** Local day, itself left out. */
  to: string;
  whose: 'mine' | 'everyone';
}

export interface CalendarEntry {
  uid: string;
  seriesUid: string;
  startsAt: number;
  endsAt: number;
  paddedStartsAt: number;
  paddedEndsAt: number;
  therapistId: string;
  clientName: string;
  service: { id: string; name: string };
  room: { id: string; name: string };
  minutes: number;
  position: number;
  sessions: number;
  status: AppointmentStatus;
  isMoved: boolean;
  version: number;
}

export interface Calendar {
  timeZone: string;
  therapists: { id: string; name: string; colour: string }[];
  appointments: CalendarEntry[];
  timeOff: { id: string; therapistId: string; startsAt: number; endsAt: number; kind: 'leave' | 'break' | 'closure' }[];
  hours: { therapistId: string; on: string; ranges: WallRange[] }[];
  holidays: { on: string; name: string }[];
}

/** What the panel of one appointment tells: only for those who work here. */
export interface AppointmentFacts {
  uid: string;
  seriesUid: string;
  position: number;
  sessions: number;
  cadence: Cadence;
  startsAt: number;
  endsAt: number;
  paddedStartsAt: number;
  paddedEndsAt: number;
  timeZone: string;
  nominalStartsAt: number;
  isMoved: boolean;
  therapist: { id: string; name: string };
  room: { id: string; name: string };
  service: { id: string; name: string };
  minutes: number;
  priceCents: number;
  currency: string;
  status: AppointmentStatus;
  version: number;
  client: { name: string; email: string; phone: string | null };
  note: string | null;
  questionSlug: string | null;
  /** The whole series in order, this one included. */
  places: { uid: string; position: number; startsAt: number; status: AppointmentStatus; isMoved: boolean }[];
  /** The next one of this series that stands, after this. */
  next: { uid: string; startsAt: number; isMoved: boolean } | null;
  lastStartsAt: number;
}

export async function listCalendar(_viewer: Staff, _query: CalendarQuery): Promise<Calendar> {
  throw new Error('The calendar is not there yet.');
}

export async function getAppointment(_viewer: Staff, _uid: string): Promise<AppointmentFacts | null> {
  return null;
}

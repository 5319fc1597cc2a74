import type { Cadence } from '@/scheduling/cadence';
import type { AppointmentStatus } from './schema';
import type { Viewer } from './viewer';

interface Named {
  id: string;
  name: string;
}

export interface AppointmentView {
  uid: string;
  position: number;
  startsAt: number;
  endsAt: number;
  localStart: string;
  timeZone: string;
  nominalStartsAt: number;
  isMoved: boolean;
  therapist: Named;
  room: Named;
  service: Named;
  minutes: number;
  priceCents: number;
  currency: string;
  status: AppointmentStatus;
  sequence: number;
  version: number;
}

export interface SeriesView {
  uid: string;
  cadence: Cadence;
  firstOn: string;
  time: string;
  timeZone: string;
  sessions: number;
  therapist: Named;
  client: { name: string; email: string; phone: string | null };
  /** For those who work here and for the link only. */
  note: string | null;
  questionSlug: string | null;
  createdAt: number;
  version: number;
  appointments: AppointmentView[];
  skipped: { position: number; on: string; startsAt: number }[];
}

/** One series the viewer may see; another's is not found. */
export async function getSeries(_viewer: Viewer, _uid: string): Promise<SeriesView | null> {
  return null;
}

/** The viewer's own series, the latest booked first. */
export async function listSeries(_viewer: Viewer): Promise<SeriesView[]> {
  return [];
}

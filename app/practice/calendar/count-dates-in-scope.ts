import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { AppointmentFacts, SeriesDate } from '@/db/appointments/appointment-facts';

/** What cancelling one date of a series can take along. */
export interface ScopeCounts {
  /** Dates after this one in the series, still to come, that this viewer may cancel. */
  following: number;
  /** As `following`, before this one too. */
  all: number;
  /** Still to come with a colleague, and so not theirs to cancel. */
  colleagues: number;
}

/** Counts as `cancelAppointments` would cancel: by place in the series, and only what is the viewer's to change. */
export function countDatesInScope(
  facts: Pick<AppointmentFacts, 'uid' | 'position' | 'places'>,
  viewer: Pick<Staff, 'role' | 'therapistId'>,
  now: number,
): ScopeCounts {
  const isTheirs = ({ therapistId }: SeriesDate) => managesAllCalendars(viewer) || therapistId === viewer.therapistId;
  const toCome = facts.places.filter(
    ({ uid, status, startsAt }) => uid !== facts.uid && status === 'booked' && startsAt > now,
  );
  const ofTherapist = toCome.filter(isTheirs);
  return {
    following: ofTherapist.filter(({ position }) => position > facts.position).length,
    all: ofTherapist.length,
    colleagues: toCome.length - ofTherapist.length,
  };
}

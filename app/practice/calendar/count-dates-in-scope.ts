import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { AppointmentFacts, SeriesDate } from '@/db/appointments/appointment-facts';
import { isInEditScope } from '@/scheduling/plan-series-edit';

/** How many other dates of a series can be cancelled along with one date. */
export interface ScopeCounts {
  /** Upcoming dates after this one in the series that this viewer may cancel. */
  following: number;
  /** As `following`, with the dates before this one too. */
  all: number;
  /** Upcoming dates with a colleague, which this viewer may not cancel. */
  colleagues: number;
}

/**
 * Counts what `cancelAppointments` would cancel: by position in the series, and only dates that the viewer may change.
 */
export function countDatesInScope(
  facts: Pick<AppointmentFacts, 'uid' | 'position' | 'places'>,
  viewer: Pick<Staff, 'role' | 'therapistId'>,
  now: number,
): ScopeCounts {
  const isTheirs = ({ therapistId }: SeriesDate) => managesAllCalendars(viewer) || therapistId === viewer.therapistId;
  const upcoming = facts.places.filter(
    ({ uid, status, startsAt }) => uid !== facts.uid && status === 'booked' && startsAt > now,
  );
  const ofTherapist = upcoming.filter(isTheirs);
  return {
    following: ofTherapist.filter((date) => isInEditScope('following', facts, date)).length,
    all: ofTherapist.length,
    colleagues: upcoming.length - ofTherapist.length,
  };
}

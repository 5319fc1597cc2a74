import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { AppointmentFacts, SeriesDate } from '@/db/appointments/appointment-facts';
import { isInEditScope, listDatesToMove } from '@/scheduling/plan-series-edit';

/** How many other dates of a series are changed along with one date. */
export interface ScopeCounts {
  /** Upcoming dates after this one in the series that this viewer may cancel. */
  following: number;
  /** As `following`, with the dates before this one too. */
  all: number;
  /** Upcoming dates with a colleague, which this viewer may not change. */
  colleagues: number;
}

type Facts = Pick<AppointmentFacts, 'uid' | 'position' | 'places'>;
type Person = Pick<Staff, 'role' | 'therapistId'>;

/**
 * Counts what `cancelAppointments` would cancel: by position in the series, and only dates that the viewer may change.
 */
export function countDatesToCancel(facts: Facts, viewer: Person, now: number): ScopeCounts {
  const upcoming = facts.places.filter(
    ({ uid, status, startsAt }) => uid !== facts.uid && status === 'booked' && startsAt > now,
  );
  const ofTherapist = upcoming.filter((date) => isTheirs(viewer, date));
  return {
    following: ofTherapist.filter((date) => isInEditScope('following', facts, date)).length,
    all: ofTherapist.length,
    colleagues: upcoming.length - ofTherapist.length,
  };
}

/**
 * Counts what a move to another time would take along, and lists the dates that stay because they are not where the plan
 * has them.
 */
export function countDatesToMove(
  facts: Facts,
  viewer: Person,
  now: number,
): Pick<ScopeCounts, 'following' | 'all'> & { staying: SeriesDate[] } {
  const dates = facts.places
    .filter((date) => isTheirs(viewer, date))
    .map((date) => ({ ...date, start: date.startsAt, nominalStart: date.nominalStartsAt }));
  const chosen = dates.find(({ uid }) => uid === facts.uid);
  if (!chosen) return { following: 0, all: 0, staying: [] };
  const list = (scope: 'following' | 'all') => listDatesToMove(scope, chosen, dates, { now, cutoffMinutes: 0 });
  const others = (scope: 'following' | 'all') => Math.max(0, list(scope).moving.length - 1);
  return { following: others('following'), all: others('all'), staying: list('all').staying.map(({ date }) => date) };
}

function isTheirs(viewer: Person, { therapistId }: SeriesDate): boolean {
  return managesAllCalendars(viewer) || therapistId === viewer.therapistId;
}

import { bookTimeHref, type CalendarUrlState } from '@/app/practice/calendar/calendar-url';
import { listLaneSlotsOn, type TherapistLane } from '@/app/practice/calendar/therapist-lanes';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { toWallTime } from '@/scheduling/zone-conversion';

/** Where "New" leads: to the first empty time of the day, or else to a time that the panel lets one change. */
export function getNewButtonHref(
  choice: CalendarUrlState,
  alone: TherapistLane | undefined,
  viewer: Staff,
  { timeZone, now }: { timeZone: string; now: number },
): string | null {
  const therapistId = managesAllCalendars(viewer) ? alone?.therapist.id : viewer.therapistId;
  if (!therapistId) return null;
  const today = toWallTime(timeZone, now).on;
  const on = choice.on < today ? today : choice.on;
  const first = alone?.therapist.id === therapistId ? listLaneSlotsOn(alone, on, timeZone)[0] : undefined;
  return (
    first?.href ??
    bookTimeHref(
      choice,
      `${on}T${on === today ? toWallTime(timeZone, now + 3_600_000).time.slice(0, 2) : '09'}:00`,
      therapistId,
    )
  );
}

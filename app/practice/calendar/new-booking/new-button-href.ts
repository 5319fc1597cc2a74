import { bookTimeHref, type CalendarUrlState } from '@/app/practice/calendar/calendar-url';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';

/**
 * Where "New" leads: to the first time of the day at which the first massage fits. That time is looked for only once
 * "New" is pressed.
 */
export function getNewButtonHref(
  choice: CalendarUrlState,
  shownTherapistId: string | undefined,
  viewer: Staff,
  today: string,
): string | null {
  const therapistId = managesAllCalendars(viewer) ? shownTherapistId : viewer.therapistId;
  return therapistId ? bookTimeHref(choice, choice.on < today ? today : choice.on, therapistId) : null;
}

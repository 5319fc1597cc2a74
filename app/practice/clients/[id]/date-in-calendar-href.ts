import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { ClientDate } from '@/db/people/get-client';

/**
 * Where the calendar shows a date with its panel open; null for a colleague's date, which the viewer may not change.
 */
export function dateInCalendarHref(date: ClientDate, viewer: Staff): string | null {
  const isOwn = viewer.therapistId === date.therapist.id;
  if (!isOwn && !managesAllCalendars(viewer)) return null;
  const query = new URLSearchParams({ on: date.localStart.slice(0, 10), open: date.uid });
  if (!isOwn) query.set('whose', 'everyone');
  return `/practice/calendar?${query}`;
}

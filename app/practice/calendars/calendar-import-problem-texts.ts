import type { CalendarImportProblem } from '@/db/calendars/import-busy-times';

/** Why a calendar could not be read, and what to do. */
export const CALENDAR_IMPORT_PROBLEM_TEXTS: Record<CalendarImportProblem, string> = {
  not_found: 'There is no calendar at this address any more. Copy it again from your calendar app.',
  refused: 'The other calendar’s server does not let us read it. Use its secret or public address in iCal format.',
  private: 'The address leads into a private network, where we read nothing.',
  too_large: 'The calendar is larger than 5 MB. Share one with fewer old dates.',
  too_slow: 'The other calendar’s server took longer than 10 seconds.',
  unreachable: 'The other calendar’s server did not answer, or not with a calendar.',
  unreadable: 'What came back is no calendar. Use its address in iCal format, which often ends in .ics.',
  too_much: 'The calendar repeats more often than we can work out.',
  locked: 'The address was encrypted with a key that is missing here. Enter it again.',
};

/** 'just now', '12 minutes ago', '3 hours ago', '2 days ago'. */
export function formatElapsedTimeAgo(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

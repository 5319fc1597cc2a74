import { formatNumberInWords } from '@/scheduling/count-wording';
import { formatDayParts, formatWaitlistDateRange } from '@/scheduling/format-waitlist-request';
import {
  formatCadence,
  formatDay,
  formatDayRange,
  formatDuration,
  formatTime,
  formatWallTime,
  formatWeekday,
  formatWeekdayPlural,
  formatZoneCity,
  formatZoneInFull,
} from '@/scheduling/formatting';

/** Days, times and counts in English, as on the pages. */
export const enDates = {
  /** "Tue 1 Dec", "Tuesday 1 December", with the year. */
  day: formatDay,
  weekday: formatWeekday,
  /** "Tuesdays". */
  everyWeekday: formatWeekdayPlural,
  /** A wall time such as `18:00`. */
  wallTime: formatWallTime,
  /** The time of an instant; marked where the hour comes twice. */
  time: formatTime,
  /** A day, or the weekday of a standing time, and the time: "Tuesday 1 December at 18:00". */
  dayAtTime: (day: string, time: string): string => `${day} at ${time}`,
  /** As short as possible, for a text message: "Tue 1 Dec 18:00". */
  dayAtTimeInText: (day: string, time: string): string => `${day} ${time}`,
  /** "1 Dec to 19 Jan". */
  dayRange: formatDayRange,
  number: formatNumberInWords,
  cadence: formatCadence,
  duration: formatDuration,
  /** The zone that times are in: in short, and with its IANA name. */
  zone: formatZoneCity,
  zoneInFull: formatZoneInFull,
  /** A waitlist request: the parts of the weekdays, and the range of days. */
  dayParts: formatDayParts,
  waitingRange: formatWaitlistDateRange,
};

import { formatDayParts, formatWaitlistDateRange } from '@/scheduling/format-waitlist-request';
import {
  formatCadence,
  formatDay,
  formatDayRange,
  formatDuration,
  formatNumberInWords,
  formatTime,
  formatWallTime,
  formatWeekday,
  formatWeekdayPlural,
  formatZoneCity,
  formatZoneInFull,
} from '@/scheduling/formatting';

/** Days, times and counts in English, as the pages say them. */
export const enDates = {
  /** "Tue 1 Dec", "Tuesday 1 December", with the year. */
  day: formatDay,
  weekday: formatWeekday,
  /** "Tuesdays". */
  everyWeekday: formatWeekdayPlural,
  /** Of a time on the clock, as `18:00`. */
  wallTime: formatWallTime,
  /** Of an instant; of an hour that comes twice it says which. */
  time: formatTime,
  /** A day, or the weekday of a standing time, and the time: "Tuesday 1 December at 18:00". */
  dayAtTime: (day: string, time: string): string => `${day} at ${time}`,
  /** In as few letters as can be, for a text message: "Tue 1 Dec 18:00". */
  dayAtTimeInText: (day: string, time: string): string => `${day} ${time}`,
  /** "1 Dec to 19 Jan". */
  dayRange: formatDayRange,
  number: formatNumberInWords,
  cadence: formatCadence,
  duration: formatDuration,
  /** Whose time it is: in short, and with the zone's own name. */
  zone: formatZoneCity,
  zoneInFull: formatZoneInFull,
  /** What somebody waits for: on which parts of which weekdays, and between which days. */
  dayParts: formatDayParts,
  waitingRange: formatWaitlistDateRange,
};

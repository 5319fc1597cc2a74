// How does a place write its dates and hours? The words are English everywhere; a locale decides what stands first, the
// day or the month, and whether the clock counts to 12 or to 24. Intl is asked once a locale: making its formatters is slow.

/** What differs from place to place in an English date or hour. */
export interface LocaleDateConventions {
  /** "December 1" and not "1 December". */
  isMonthFirst: boolean;
  /** Written after the hour before and after noon; null on a clock of 24 hours. */
  halves: [beforeNoon: string, afterNoon: string] | null;
}

const cache = new Map<string, LocaleDateConventions>();

/**
 * Returns how dates and hours are written in a locale. Intl is asked only the two things that every runtime answers
 * alike, so a page reads the same when the browser renders it again. Throws a RangeError for an invalid locale.
 *
 * @example
 * getLocaleDateConventions('en-US').isMonthFirst //=> true
 */
export function getLocaleDateConventions(locale: string): LocaleDateConventions {
  const habits = cache.get(locale) ?? readHabits(locale);
  cache.set(locale, habits);
  return habits;
}

function readHabits(locale: string): LocaleDateConventions {
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', calendar: 'gregory', timeZone: 'UTC' });
  const order = date.formatToParts(0).map(({ type }) => type);
  const isMonthFirst = order.indexOf('month') < order.indexOf('day');
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return { isMonthFirst, halves: hour12 ? (isMonthFirst ? ['AM', 'PM'] : ['am', 'pm']) : null };
}

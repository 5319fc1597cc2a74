// Is this value what its field says? Every rule of time refuses malformed input the same way: a RangeError whose
// message begins with the name of the field, so that a caller sees what to fix.

/** The furthest instant from the epoch that is taken, in ms: nine days inside what a `Date` can hold. */
const FURTHEST = 8.64e15 - 9 * 86_400_000;

/**
 * Builds the error for a malformed field; the caller throws it.
 *
 * @example
 * malformedFieldError('stepMinutes', 'a whole number of at least 1', 0).message //=> 'stepMinutes must be a whole number of at least 1, got 0'
 */
export function malformedFieldError(field: string, expected: string, got: unknown): RangeError {
  return new RangeError(`${field} must be ${expected}, got ${show(got)}`);
}

/** Text at no more than 60 characters, and nothing of an object: it may hold what a log should not. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 60);
}

/**
 * Refuses anything but an array.
 *
 * @example
 * checkArray('busy', []); //=> undefined
 */
export function checkArray(field: string, value: unknown): void {
  if (!Array.isArray(value)) throw malformedFieldError(field, 'a list', value);
}

/**
 * Refuses anything but an object with fields: null, lists and plain values throw a RangeError.
 *
 * @example
 * checkObject('weeklyHours', {}); //=> undefined
 */
export function checkObject(field: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformedFieldError(field, 'an object', value);
}

/**
 * Refuses anything but one of the words allowed; what would read as one when made a string is refused too.
 *
 * @example
 * checkOneOf('scope', 'all', ['this', 'following', 'all']); //=> undefined
 */
export function checkOneOf(field: string, value: unknown, words: readonly string[]): void {
  if (words.includes(value as string)) return;
  throw malformedFieldError(field, `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`, value);
}

/**
 * Refuses anything but a whole number of at least `atLeast`: NaN, fractions, infinities and text throw a RangeError.
 *
 * @example
 * checkWholeNumber('durationMinutes', 60, 0); //=> undefined
 */
export function checkWholeNumber(field: string, value: number, atLeast: number): void {
  if (!Number.isSafeInteger(value) || value < atLeast)
    throw malformedFieldError(field, `a whole number of at least ${atLeast}`, value);
}

/**
 * Refuses anything but a finite instant in ms that a `Date` could hold; fractions of a ms are taken.
 *
 * @example
 * checkInstant('now', Date.UTC(2026, 10, 23)); //=> undefined
 */
export function checkInstant(field: string, value: number): void {
  if (typeof value !== 'number' || !(Math.abs(value) <= FURTHEST))
    throw malformedFieldError(field, 'an instant in ms since the epoch', value);
}

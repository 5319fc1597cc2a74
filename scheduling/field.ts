// Is this value what its field says? Every rule of time refuses malformed input the same way: a RangeError whose
// message begins with the name of the field, so that a caller sees what to mend.

/** The furthest instant from the epoch that is taken, in ms: nine days inside what a `Date` can hold. */
const FURTHEST = 8.64e15 - 9 * 86_400_000;

/**
 * Builds the error for a malformed field; the caller throws it.
 *
 * @example
 * malformed('stepMinutes', 'a whole number of at least 1', 0).message //=> 'stepMinutes must be a whole number of at least 1, got 0'
 */
export function malformed(field: string, wanted: string, got: unknown): RangeError {
  const shown = typeof got === 'string' ? JSON.stringify(got.slice(0, 60)) : String(got);
  return new RangeError(`${field} must be ${wanted}, got ${shown}`);
}

/**
 * Refuses anything but a whole number of at least `atLeast`: NaN, fractions, infinities and text throw a RangeError.
 *
 * @example
 * checkWhole('durationMinutes', 60, 0); //=> undefined
 */
export function checkWhole(field: string, value: number, atLeast: number): void {
  if (!Number.isSafeInteger(value) || value < atLeast)
    throw malformed(field, `a whole number of at least ${atLeast}`, value);
}

/**
 * Refuses anything but a finite instant in ms that a `Date` could hold; fractions of a ms are taken.
 *
 * @example
 * checkInstant('now', Date.UTC(2026, 10, 23)); //=> undefined
 */
export function checkInstant(field: string, value: number): void {
  if (typeof value !== 'number' || !(Math.abs(value) <= FURTHEST))
    throw malformed(field, 'an instant in ms since the epoch', value);
}

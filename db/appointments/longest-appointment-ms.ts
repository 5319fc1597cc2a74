/** Milliseconds. An appointment that begins earlier than this before a period cannot reach into it. */
export const LONGEST_APPOINTMENT_MS = 24 * 3_600_000;

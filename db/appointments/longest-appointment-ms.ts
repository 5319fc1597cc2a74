/** Milliseconds. What begins earlier than this before a span of time cannot reach into it. */
export const LONGEST_APPOINTMENT_MS = 24 * 3_600_000;

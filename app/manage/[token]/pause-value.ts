import type { ShownPause } from '@/db/booking/pause-plan';

// A pause as a form sends it: where it ends, and how many dates it cancels.

export function formatPauseValue({ until, paused }: { until: number; paused: unknown[] }): string {
  return `${until} ${paused.length}`;
}

/** Null if the site did not send it. */
export function readShownPause(value: string): ShownPause | null {
  const [, until, count] = /^(\d{1,15}) (\d{1,3})$/.exec(value) ?? [];
  return until === undefined ? null : { until: Number(until), count: Number(count) };
}

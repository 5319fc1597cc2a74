import { REBOOKING_HOLD_DAYS } from '@/scheduling/follow-ups';
import { MOST_STEPS, type StepChannel } from '@/scheduling/reminders';

/** When a reminder can be sent, in minutes before: hours, then days. */
export const STEP_CHOICES = [60, 120, 180, 240, 360, 720, ...[1, 2, 3, 5, 7, 10, 14].map((days) => days * 1440)];
export const PLACES = Array.from({ length: MOST_STEPS }, (_, at) => at);

/** What the selects of a form say, each step once. A value that is none of the choices is left out. */
export function stepsFrom(values: string[]): number[] {
  const steps = values.map(Number).filter((step) => STEP_CHOICES.includes(step));
  return [...new Set(steps)].sort((a, b) => b - a);
}

export const CHANNELS: { value: StepChannel; label: string }[] = [
  { value: 'email', label: 'By e-mail' },
  { value: 'text', label: 'By text' },
  { value: 'both', label: 'By both' },
];

/** How each of these steps is sent, where it is not by e-mail alone. */
export function channelsFrom(steps: string[], ways: string[]): Record<string, StepChannel> {
  const said = steps.flatMap((step, at) => {
    const way = CHANNELS.find(({ value }) => value === ways[at] && value !== 'email');
    return way && STEP_CHOICES.includes(Number(step)) ? [[step, way.value] as const] : [];
  });
  return Object.fromEntries(said);
}

/** For how many days the same time is held; what is none of the choices is none. */
export function holdDaysFrom(value: string): number {
  return REBOOKING_HOLD_DAYS.find((days) => String(days) === value) ?? 0;
}

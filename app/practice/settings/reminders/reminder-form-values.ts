import { REBOOKING_HOLD_DAY_CHOICES } from '@/scheduling/follow-ups';
import { MAX_REMINDER_STEPS, type ReminderChannel } from '@/scheduling/reminder-schedule';

/** When a reminder can be sent, in minutes before the appointment: hours, then days. */
export const REMINDER_LEAD_MINUTES = [
  60,
  120,
  180,
  240,
  360,
  720,
  ...[1, 2, 3, 5, 7, 10, 14].map((days) => days * 1440),
];
export const REMINDER_SLOT_INDEXES = Array.from({ length: MAX_REMINDER_STEPS }, (_, at) => at);

/** The reminder steps that the selects of a form name, each once. Unknown values are left out. */
export function parseReminderSteps(values: string[]): number[] {
  const steps = values.map(Number).filter((step) => REMINDER_LEAD_MINUTES.includes(step));
  return [...new Set(steps)].sort((a, b) => b - a);
}

export const REMINDER_CHANNEL_OPTIONS: { value: ReminderChannel; label: string }[] = [
  { value: 'email', label: 'By e-mail' },
  { value: 'text', label: 'By text' },
  { value: 'both', label: 'By both' },
];

/** The channels of each step that does not go by e-mail alone. */
export function parseReminderChannels(steps: string[], ways: string[]): Record<string, ReminderChannel> {
  const text = steps.flatMap((step, at) => {
    const way = REMINDER_CHANNEL_OPTIONS.find(({ value }) => value === ways[at] && value !== 'email');
    return way && REMINDER_LEAD_MINUTES.includes(Number(step)) ? [[step, way.value] as const] : [];
  });
  return Object.fromEntries(text);
}

/** For how many days the same time is held; an unknown value means none. */
export function parseRebookingHoldDays(value: string): number {
  return REBOOKING_HOLD_DAY_CHOICES.find((days) => String(days) === value) ?? 0;
}

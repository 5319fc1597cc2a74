import type { DateOverWorkloadCaps } from '@/db/booking/dates-over-workload-caps';
import { formatDay } from '@/scheduling/formatting';
import type { WorkloadCaps } from '@/scheduling/workload-caps';
import { toWallTime } from '@/scheduling/zone-conversion';

const STATUS_TEXT: Record<keyof WorkloadCaps, string> = {
  dayMinutes: 'More massage in a day',
  weekMinutes: 'More massage in a week',
  deepDayMinutes: 'More deep tissue in a day',
  deepWeekMinutes: 'More deep tissue in a week',
};

interface Place {
  practice: { timeZone: string; locale: string };
  names: Record<string, string>;
}

/** A line for each cap that a therapist would exceed: 'More massage in a day than Mira wants to give: Tue 1 Dec.' */
export function listOverCapWarnings(dates: DateOverWorkloadCaps[], { practice, names }: Place): string[] {
  const lines = new Map<string, string[]>();
  for (const { startsAt, therapistId, caps } of dates) {
    const day = formatDay(toWallTime(practice.timeZone, startsAt).on, 'short', practice.locale);
    for (const cap of caps) {
      const line = `${STATUS_TEXT[cap]} than ${names[therapistId] ?? therapistId} wants to give`;
      lines.set(line, [...(lines.get(line) ?? []), day]);
    }
  }
  return [...lines].map(([line, days]) => `${line}: ${days.join(', ')}.`);
}

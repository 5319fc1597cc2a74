import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { describeEvent } from '@/app/practice/history/describe-event';
import type { ClientEvent } from '@/db/people/get-client';
import type { Practice } from '@/db/practice/practice';

export function ClientAuditLog({ events, practice, now }: { events: ClientEvent[]; practice: Practice; now: number }) {
  if (events.length === 0) return <p className="text-soft">Nothing yet.</p>;
  return (
    <ol className="border-b border-line text-small lining-nums">
      {events.map((event) => (
        <li key={event.id} className="border-t border-line py-2 first:border-t-0">
          {describeEvent(event, (instant) => formatDayAndTime(instant, practice, now))}
          <span className="block text-soft">{formatDayAndTime(event.at, practice, now)}</span>
        </li>
      ))}
    </ol>
  );
}

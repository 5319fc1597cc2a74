import { formatDay } from '@/scheduling/formatting';
import type { CalendarUrlState } from './calendar-url';
import { formatOpenHours } from './team-week';
import { listEmptyLaneSlotsOn, listLaneEventsOn, type TherapistLaneData } from './therapist-lanes';

interface AgendaProps {
  lanes: TherapistLaneData[];
  days: string[];
  choice: CalendarUrlState;
  timeZone: string;
  locale: string;
}

/**
 * The calendar's days as text, for a browser without script. Unless the visitor chose a day or a week, the width of the
 * screen decides which of the two is shown.
 */
export function CalendarAgenda({ lanes, days, choice, timeZone, locale }: AgendaProps) {
  const isShared = lanes.length > 1;
  // The week of several therapists is a table already, which needs no script.
  if (isShared && choice.view === 'week') return null;
  return (
    <div className={isShared && !choice.view ? 'wide:hidden' : ''}>
      {days
        .filter((on) => choice.view !== 'day' || on === choice.on)
        .map((on) => (
          <section
            key={on}
            aria-label={formatDay(on, 'long', locale)}
            className={`border-b border-line py-4 ${on === choice.on ? '' : choice.view ? '' : 'max-wide:hidden'}`}
          >
            <h2 className="text-item!">{formatDay(on, 'long', locale)}</h2>
            <div className={isShared ? 'wide:grid wide:grid-cols-4 wide:gap-6' : ''}>
              {lanes.map((lane) => (
                <div key={lane.therapist.id}>
                  {isShared && (
                    <h3
                      className="mt-3 border-l-3 pl-2 font-medium!"
                      style={{ borderLeftColor: lane.therapist.colour }}
                    >
                      {lane.therapist.name}
                    </h3>
                  )}
                  <p className="text-small text-soft">{formatOpenHours(lane, on, locale)}</p>
                  <DayList lane={lane} on={on} timeZone={timeZone} />
                  <SlotList lane={lane} on={on} timeZone={timeZone} />
                </div>
              ))}
            </div>
          </section>
        ))}
    </div>
  );
}

const STATUS_TEXT = { ahead: '', done: ', completed', missed: ', did not come', off: '', held: ', held' };

function DayList({ lane, on, timeZone }: { lane: TherapistLaneData; on: string; timeZone: string }) {
  const events = listLaneEventsOn(lane, on, timeZone);
  if (events.length === 0) return <p className="mt-1 text-small text-soft">Nobody is booked.</p>;
  return (
    <ul className="mt-1">
      {events.map((event) => (
        <li key={event.id}>
          {event.href ? (
            <a
              href={event.href}
              aria-current={event.selected || undefined}
              className="inline-flex min-h-11 items-center"
            >
              {event.title}
            </a>
          ) : (
            <span className="inline-flex min-h-11 items-center">{event.title}</span>
          )}{' '}
          <span className="text-small text-soft">
            {event.detail}
            {STATUS_TEXT[event.tone]}
          </span>
        </li>
      ))}
    </ul>
  );
}

function SlotList({ lane, on, timeZone }: { lane: TherapistLaneData; on: string; timeZone: string }) {
  const slots = listEmptyLaneSlotsOn(lane, on, timeZone);
  if (slots.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-small">
      <span className="inline-flex min-h-11 items-center text-soft">Book</span>
      {slots.map(({ id, href, time, who }) => (
        <a key={id} href={href} className="inline-flex min-h-11 items-center">
          {time}
          <span className="sr-only"> with {who}</span>
        </a>
      ))}
    </p>
  );
}

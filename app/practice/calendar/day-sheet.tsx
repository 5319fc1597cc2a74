import { Fragment } from 'react';
import type { Calendar, CalendarEntry } from '@/db/appointments/calendar';
import type { DayNote } from '@/db/practice/day-notes';
import { sayDay, sayHours } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';

interface DaySheetProps {
  calendar: Calendar;
  notes: DayNote[];
  on: string;
  /** Whose appointments the viewer may open; null is everybody's. Of the others no phone number is printed. */
  own: string | null;
  only: string | undefined;
}

/** The day as it is printed and pinned up: who comes when, for how long, to which room, and how to reach them. */
export function DaySheet({ calendar, notes, on, own, only }: DaySheetProps) {
  const { timeZone, locale, appointments } = calendar;
  const ofDay = appointments.filter(({ startsAt }) => toWall(timeZone, startsAt).on === on);
  const therapists = calendar.therapists.filter(({ id }) => only === undefined || id === only);
  return (
    <section aria-hidden="true" className="hidden print:block">
      <h2 className="mt-0!">{sayDay(on, 'full', locale)}</h2>
      <Notes notes={notes.filter((note) => note.on === on && note.therapistId === null)} />
      {therapists.map(({ id, name }) => (
        <Fragment key={id}>
          <h3 className="mt-4 break-after-avoid">{name}</h3>
          <Notes notes={notes.filter((note) => note.on === on && note.therapistId === id)} />
          <Sheet
            entries={ofDay.filter(({ therapistId }) => therapistId === id)}
            timeZone={timeZone}
            locale={locale}
            hasPhones={own === null || own === id}
          />
        </Fragment>
      ))}
    </section>
  );
}

function Notes({ notes }: { notes: DayNote[] }) {
  return notes.map(({ id, words }) => (
    <p key={id} className="break-inside-avoid text-small font-medium">
      <bdi>{words}</bdi>
    </p>
  ));
}

function Sheet(props: { entries: CalendarEntry[]; timeZone: string; locale: string; hasPhones: boolean }) {
  const { entries, timeZone, locale, hasPhones } = props;
  if (entries.length === 0) return <p className="text-small">Nobody is booked.</p>;
  return (
    <table className="w-full border-collapse text-left text-small">
      <tbody>
        {entries.map(
          ({ uid, startsAt, endsAt, clientName, clientPhone, service, minutes, position, sessions, room }) => (
            <tr key={uid} className="break-inside-avoid border-t border-line align-top">
              <td className="w-28 py-1 pr-3">{sayHours(timeZone, { start: startsAt, end: endsAt }, locale)}</td>
              <td className="py-1 pr-3 font-semibold wrap-anywhere">
                <bdi>{clientName}</bdi>
              </td>
              <td className="py-1 pr-3">
                {service.name}, {minutes} min{sessions > 1 && `, ${position} of ${sessions}`}
              </td>
              <td className="py-1 pr-3">{room.name}</td>
              <td className="py-1 whitespace-nowrap">{hasPhones && clientPhone}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

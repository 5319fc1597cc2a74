import { Fragment } from 'react';
import type { BookedTime, Calendar, CalendarEntry } from '@/db/appointments/calendar';
import type { DayNote } from '@/db/practice/day-notes';
import { formatDay, formatStartAndEndTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface DaySheetProps {
  calendar: Calendar;
  notes: DayNote[];
  on: string;
  only: string | undefined;
  /** By date, what the therapist must know before they treat the client; empty for viewers who may not know. */
  alerts: Map<string, string[]>;
}

/** The printed day: who comes when, for how long, in which room, what to know first, and how to reach them. */
export function PrintedDaySheet({ calendar, notes, on, only, alerts }: DaySheetProps) {
  const { timeZone, locale } = calendar;
  const ofDay = [...calendar.appointments, ...calendar.colleagues].filter(
    ({ startsAt }) => toWallTime(timeZone, startsAt).on === on,
  );
  const therapists = calendar.therapists.filter(({ id }) => only === undefined || id === only);
  return (
    <section aria-hidden="true" className="hidden print:block">
      <h2 className="mt-0!">{formatDay(on, 'full', locale)}</h2>
      <Notes notes={notes.filter((note) => note.on === on && note.therapistId === null)} />
      {therapists.map(({ id, name }) => (
        <Fragment key={id}>
          <h3 className="mt-4 break-after-avoid">{name}</h3>
          <Notes notes={notes.filter((note) => note.on === on && note.therapistId === id)} />
          <Sheet entries={ofDay.filter(({ therapistId }) => therapistId === id)} {...{ timeZone, locale, alerts }} />
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

function Sheet(props: {
  entries: (CalendarEntry | BookedTime)[];
  timeZone: string;
  locale: string;
  alerts: Map<string, string[]>;
}) {
  const { entries, timeZone, locale, alerts } = props;
  if (entries.length === 0) return <p className="text-small">Nobody is booked.</p>;
  return (
    // Every therapist's table has the same column widths, so that the day reads as one sheet.
    <table className="w-full table-fixed border-collapse text-left text-small">
      <colgroup>
        <col className="w-[8.5rem]" />
        <col className="w-[28%]" />
        <col className="w-[26%]" />
        <col />
        <col className="w-[9rem]" />
      </colgroup>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.uid} className="break-inside-avoid border-t border-line align-top">
            <td className="py-1 pr-3 whitespace-nowrap">
              {formatStartAndEndTime(timeZone, { start: entry.startsAt, end: entry.endsAt }, locale)}
            </td>
            <td className="py-1 pr-3 font-semibold wrap-anywhere">
              <bdi>{'clientName' in entry ? entry.clientName : 'Booked'}</bdi>
              {(alerts.get(entry.uid) ?? []).map((alert) => (
                <span key={alert} className="block font-normal">
                  Alert: <bdi>{alert}</bdi>
                </span>
              ))}
            </td>
            <td className="py-1 pr-3 wrap-anywhere">
              {'service' in entry && `${entry.service.name}, `}
              {entry.minutes} min
              {'service' in entry && entry.sessions > 1 && `, ${entry.position} of ${entry.sessions}`}
            </td>
            <td className="py-1 pr-3 wrap-anywhere">{entry.room.name}</td>
            <td className="py-1 wrap-anywhere">{'clientPhone' in entry && entry.clientPhone}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

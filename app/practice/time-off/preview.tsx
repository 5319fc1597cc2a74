import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { ConflictingAppointment, TimeOffRequest } from '@/db/booking/time-off';
import { sayCount, sayDay, sayTime } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';
import { add } from './actions';
import type { TimeOffFields } from './time-off-request';

interface Place {
  timeZone: string;
  locale: string;
}

/** What is booked at the time that is wanted, and the one button that takes it. */
export function TimeOffPreview(props: {
  fields: TimeOffFields;
  request: TimeOffRequest;
  inTheWay: ConflictingAppointment[];
  practice: Place;
  now: number;
}) {
  const { fields, request, inTheWay, practice, now } = props;
  if (request.end <= now || request.start >= request.end) {
    return (
      <Notice tone="bad" title={request.end <= now ? 'That is over already' : 'It ends before it begins'}>
        <p>Nothing was changed. Choose other days above.</p>
      </Notice>
    );
  }
  const isMany = request.therapistIds.length > 1;
  return (
    <ActionForm action={add} className="max-w-[46rem]">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="mb-4 font-serif text-item font-medium">{saySpanOf(request, practice)}</p>
      {inTheWay.length === 0 ? (
        <p className="mb-6 text-soft">Nothing is booked then.</p>
      ) : (
        <>
          <Notice
            tone="bad"
            title={`${inTheWay.length === 1 ? 'One appointment is' : `${inTheWay.length} appointments are`} booked then`}
          >
            <p>
              Move them in the calendar first, or cancel {inTheWay.length === 1 ? 'it' : 'them'} here. Each client gets
              one e-mail.
            </p>
          </Notice>
          <ol className="my-6 border-t border-ink">
            {inTheWay.map((entry) => (
              <li
                key={entry.uid}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-b border-line py-2"
              >
                <span>
                  <b className="font-serif text-[1.0625rem] leading-6 font-medium">
                    {sayMoment(practice, entry.startsAt)}
                  </b>{' '}
                  <span className="text-small text-soft">
                    <bdi>{entry.clientName}</bdi>, {entry.service}
                    {isMany && `, with ${entry.therapist}`}
                  </span>
                </span>
                <a
                  href={`/practice/calendar?on=${toWall(practice.timeZone, entry.startsAt).on}&open=${entry.uid}&ask=move`}
                  className="inline-flex min-h-11 items-center text-small"
                >
                  Move<span className="sr-only"> the one of {entry.clientName}</span>
                </a>
                <input type="hidden" name="cancelling" value={`${entry.uid}.${entry.version}`} />
              </li>
            ))}
          </ol>
        </>
      )}
      <Button broad>{sayButton(inTheWay.length)}</Button>
    </ActionForm>
  );
}

function sayButton(booked: number): string {
  if (booked === 0) return 'Take this time off';
  const them = booked === 1 ? 'it' : booked === 2 ? 'both' : `all ${sayCount(booked)}`;
  return `Cancel ${them} and take the time off`;
}

/** 'Tue 8 Dec at 12:00'. */
function sayMoment({ timeZone, locale }: Place, instant: number): string {
  return `${sayDay(toWall(timeZone, instant).on, 'short', locale)} at ${sayTime(timeZone, instant, locale)}`;
}

/** 'Tue 8 Dec', 'Tue 8 Dec to Thu 10 Dec', or with hours where they are not whole days. */
export function saySpanOf({ start, end }: { start: number; end: number }, practice: Place): string {
  const { timeZone, locale } = practice;
  const [from, until] = [toWall(timeZone, start), toWall(timeZone, end)];
  if (from.time !== '00:00' || until.time !== '00:00') {
    const isOneDay = from.on === until.on;
    return `${sayMoment(practice, start)} to ${isOneDay ? sayTime(timeZone, end, locale) : sayMoment(practice, end)}`;
  }
  const last = toWall(timeZone, end - 1).on;
  return from.on === last
    ? sayDay(from.on, 'short', locale)
    : `${sayDay(from.on, 'short', locale)} to ${sayDay(last, 'short', locale)}`;
}

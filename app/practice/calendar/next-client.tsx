import Link from 'next/link';
import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import type { Calendar, CalendarEntry } from '@/db/appointments/calendar';
import { formatTime } from '@/scheduling/formatting';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { recordArrival, recordSessionStart } from './actions';

/** The next appointment of today, among those that the viewer may open: neither begun nor over. */
export function findNextAppointment(
  { appointments, timeZone }: Pick<Calendar, 'appointments' | 'timeZone'>,
  own: string | null,
  now: number,
): CalendarEntry | null {
  const today = toWallTime(timeZone, now).on;
  const waiting = appointments.filter(
    ({ status, begunAt, startsAt, endsAt, therapistId }) =>
      status === 'booked' &&
      begunAt === null &&
      endsAt > now &&
      toWallTime(timeZone, startsAt).on === today &&
      (own === null || own === therapistId),
  );
  return waiting.reduce<CalendarEntry | null>(
    (next, date) => (next && next.startsAt <= date.startsAt ? next : date),
    null,
  );
}

interface NextClientProps {
  entry: CalendarEntry;
  who: string;
  timeZone: string;
  locale: string;
  now: number;
  /** The calendar's own address, to come back to. */
  back: string;
  openHref: string;
  /** On a desk above the day; on a phone below it, where it stays at the bottom of the screen. */
  on: 'desk' | 'phone';
  /** What the therapist must know first, the question page that the client came from, and the last note. */
  alerts: string[];
  cameFor: string | null;
  lastNoteHref: string | null;
  /** The notes of the day: in a row of their own they would cost an hour of the day below. */
  notes?: ReactNode;
}

export function NextClient({ on, entry, who, timeZone, locale, now, back, openHref, ...about }: NextClientProps) {
  const { alerts, cameFor, lastNoteHref, notes } = about;
  const { uid, version, startsAt, clientName, service, position, sessions, room, arrivedAt } = entry;
  const place = sessions > 1 ? `, ${position} of ${sessions}` : '';
  return (
    <section
      aria-label="Next client"
      className={`next-client -mx-(--gutter) flex flex-wrap items-center gap-y-1 bg-sand px-(--gutter) py-1.5 max-wide:gap-x-3 max-wide:border-t max-wide:border-line wide:gap-x-5 print:hidden ${on === 'phone' ? 'wide:hidden' : 'max-wide:hidden'}`}
    >
      <p className="font-serif text-[1.25rem] leading-8 wide:text-[1.5rem]">{formatTime(timeZone, startsAt, locale)}</p>
      <div className="min-w-0 flex-1 basis-[7rem] wrap-anywhere wide:contents">
        <p className="wide:min-w-0 wide:flex-1 wide:basis-52">
          <Link href={openHref} scroll={false} className="font-serif text-[1.0625rem] font-medium text-ink">
            <bdi>{clientName}</bdi>
          </Link>
          <span className="block text-small text-soft">
            with {extractFirstName(who)} {formatTimeUntil(startsAt - now)}, {service.name}
            {place}, {room.name}
          </span>
        </p>
        {(alerts.length > 0 || cameFor) && (
          <p className="text-small wide:min-w-0 wide:flex-1 wide:basis-52">
            {alerts.length > 0 && (
              <span className="block font-medium text-clay">
                Alert: <bdi>{alerts.join('; ')}</bdi>
              </span>
            )}
            {cameFor && <span className="block text-soft max-wide:hidden">Came for: {cameFor}</span>}
          </p>
        )}
      </div>
      {notes}
      {arrivedAt !== null && <p className="text-small">Arrived</p>}
      <ActionForm action={arrivedAt === null ? recordArrival : recordSessionStart}>
        <input type="hidden" name="uid" value={uid} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="back" value={back} />
        <Button slim kind="plain">
          {arrivedAt === null ? 'Arrived' : 'Started'}
        </Button>
      </ActionForm>
      {lastNoteHref && (
        <ButtonLink slim kind="plain" href={lastNoteHref} className="max-wide:hidden">
          Last note
        </ButtonLink>
      )}
      <ButtonLink slim kind="plain" href={openHref} className="max-wide:hidden">
        Open
      </ButtonLink>
    </section>
  );
}

/** 'in 20 min', 'in 2 h 5 min', 'now', or '10 min ago'. */
export function formatTimeUntil(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return 'now';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const length = [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
  return minutes > 0 ? `in ${length}` : `${length} ago`;
}

import { makeShortNames } from '@/app/book/booking-wording';
import { moveByLink } from '@/app/manage/[token]/actions';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import type { AppointmentView } from '@/db/appointments/series';
import { listPossibleMoveTimes } from '@/db/availability/possible-move-times';
import { daysBetween } from '@/scheduling/day';
import { formatDay, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { toWallTime, toWallTimeWithRepeatMark } from '@/scheduling/zone-conversion';
import { EarlierLaterNav, MOVE_DAYS_SHOWN, type MoveWeek } from './earlier-later-nav';

interface MoveOneDateProps {
  managed: ManagedSeries;
  appointment: AppointmentView;
  /** The chosen new time, as an instant. */
  to: number | null;
  /** The same time as written in the address. */
  at: string;
  week: MoveWeek;
  pagePath: string;
  /** The therapists who give this massage, where only some will do. */
  others: { id: string; name: string }[] | null;
  /** The one of them that was asked for. */
  withId: string | undefined;
}

/**
 * The free times of the same therapist, or of one who will do, a week at a time. A chosen time is shown with the button
 * that moves the date there.
 */
export async function MoveOneDate({
  managed,
  appointment,
  to,
  at,
  week,
  pagePath: page,
  others,
  withId,
}: MoveOneDateProps) {
  const { practice, token, now, viewer } = managed;
  const { timeZone, locale } = practice;
  const days = Math.min(MOVE_DAYS_SHOWN, daysBetween(week.from, week.last) + 1);
  const giver = others ? (others.find(({ id }) => id === withId) ?? others[0]) : appointment.therapist;
  if (!giver) return null;
  const pagePath = others ? `${page}&with=${giver.id}` : page;
  const query = { uid: appointment.uid, therapistId: giver.id, from: week.from, days };
  const starts = (await listPossibleMoveTimes(viewer, query, now)) ?? [];
  const shortNames = makeShortNames(others ?? [giver]);
  const who = shortNames[giver.id]!;
  return (
    <>
      {to !== null && (
        <Section title="Move it?" id="to">
          <p className="mb-4 font-serif text-title">
            From {formatAppointmentTime(appointment, locale)} to{' '}
            <b className="font-medium">{formatAppointmentTime({ startsAt: to, timeZone }, locale)}</b>
            {others && `, with ${who}`}.
          </p>
          <ActionForm action={moveByLink} className="flex flex-wrap items-center gap-x-6 gap-y-3">
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="uid" value={appointment.uid} />
            <input type="hidden" name="version" value={appointment.version} />
            <input type="hidden" name="scope" value="this" />
            <input type="hidden" name="from" value={week.from} />
            <input type="hidden" name="at" value={at} />
            <input type="hidden" name="to" value={to} />
            <input type="hidden" name="with" value={giver.id} />
            <Button broad>Move it</Button>
            <a href={`/manage/${token}`} className="inline-flex min-h-11 items-center">
              Don’t move
            </a>
          </ActionForm>
        </Section>
      )}
      <Section title={`Free with ${who}`} aside={`Times are ${formatZoneCity(timeZone)}.`} id="free">
        {others && others.length > 1 && (
          <nav aria-label="With whom" className="mb-4 flex flex-wrap gap-x-6">
            {others.map(({ id }) => (
              <a
                key={id}
                href={`${page}&with=${id}&from=${week.from}#free`}
                aria-current={id === giver.id || undefined}
                className="inline-flex min-h-11 items-center aria-[current]:font-semibold"
              >
                {shortNames[id]}
              </a>
            ))}
          </nav>
        )}
        <EarlierLaterNav week={week} pagePath={pagePath} locale={locale} anchor="free" />
        {starts.length === 0 && (
          <Notice tone="quiet" title={`${who} has no free time on these days`}>
            <p>
              Look a little later, or <ContactPhrase practice={practice} />.
            </p>
          </Notice>
        )}
        <ul className="max-w-[46rem]">
          {daysOf(starts, timeZone).map(({ on, times }) => (
            <li key={on} className="border-t border-line py-4">
              <h3 className="mb-2">{formatDay(on, 'long', locale)}</h3>
              <ul className="flex flex-wrap gap-2">
                {times.map(({ startsAt, time }) => (
                  <li key={startsAt}>
                    <a
                      href={`${pagePath}&from=${week.from}&at=${on}T${time}#to`}
                      aria-current={startsAt === to || undefined}
                      className="inline-flex min-h-11 items-center rounded border border-edge bg-sheet px-3 text-ink no-underline hover:border-euc aria-[current]:border-euc aria-[current]:bg-euc aria-[current]:text-on-euc"
                    >
                      <span className="sr-only">{formatDay(on, 'short', locale)}, </span>
                      {formatTime(timeZone, startsAt, locale)}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function daysOf(starts: number[], timeZone: string) {
  const days = new Map<string, { startsAt: number; time: string }[]>();
  for (const startsAt of starts) {
    const { on } = toWallTime(timeZone, startsAt);
    const time = toWallTimeWithRepeatMark(timeZone, startsAt);
    days.set(on, [...(days.get(on) ?? []), { startsAt, time }]);
  }
  return [...days].map(([on, times]) => ({ on, times }));
}

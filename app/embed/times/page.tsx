import type { Metadata } from 'next';
import { connection } from 'next/server';
import { loadBookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import { getShownDays } from '@/app/book/get-shown-days';
import type { QueryParams } from '@/app/book/query-params';
import { TimeCell } from '@/app/book/times/time-cell';
import { buildTimeCellHrefBase, buildTimeCellLabels } from '@/app/book/times/time-cell-labels';
import { buildTimesGrid, listBestCells } from '@/app/book/times/times-grid';
import { ContactPhrase } from '@/components/contact-phrase';
import { listStandingTimes } from '@/db/availability/standing-times';
import { formatCadence, formatDay, formatWallTime, formatZoneCity } from '@/scheduling/formatting';

export const metadata: Metadata = { title: 'Regular times', robots: { index: false } };

interface Props {
  searchParams: Promise<QueryParams>;
}

/**
 * The standing times alone, to be embedded in another site's page. Every time opens the booking outside of the frame.
 */
export default async function EmbeddedTimes({ searchParams }: Props) {
  await connection();
  const { choice, practice, offer, names, now } = await loadBookingContext(await searchParams, Date.now());
  const { cadence, sessions, minutes, therapistId, ladder } = choice;
  const window = getShownDays({ cadence, week: choice.week, today: offer.today, windowDays: practice.windowDays });
  const query = { serviceIds: ladder, minutes, cadence, from: window.from, ...(therapistId && { therapistId }) };
  const found = offer.services.length > 0 ? await listStandingTimes(query, now) : { ok: false as const };
  const { days } = buildTimesGrid(found.ok ? found.standingTimes : [], {
    from: window.from,
    until: window.until,
    notBefore: now + practice.noticeMinutes * 60_000,
    order: offer.therapists.map(({ id }) => id),
    everyStart: false,
  });
  const shown = days.filter(({ cells }) => cells.length > 0);
  const first = listBestCells(days, 1)[0]?.on;
  const weekFrom = (week: string) =>
    bookingHref(choice, 'time', { week, day: null }).replace('/book?', '/embed/times?');
  const { start, base } = buildTimeCellHrefBase(choice, '');
  const links = { start: `/book${start}`, base };
  return (
    <main className="p-5">
      <h1 className="text-title">Choose your regular time</h1>
      <p className="mt-2 text-small text-soft">
        {practice.name}: {sessions === 1 ? 'one session' : `${sessions} sessions, ${formatCadence(cadence)}`}, {minutes}{' '}
        minutes. Times are {formatZoneCity(practice.timeZone)}.{' '}
        <a href={bookingHref(choice, 'massage')} target="_top">
          Change
        </a>
      </p>
      {shown.length === 0 && (
        <p className="mt-6">
          No time is free in these days. Look later, or <ContactPhrase practice={practice} />.
        </p>
      )}
      <div className="mt-4 border-b border-line">
        {shown.map(({ on, cells }) => (
          <details key={on} open={on === first} className="group border-t border-line">
            <summary className="flex min-h-11 cursor-pointer items-center justify-between gap-3 py-2">
              <span className="font-serif text-item font-medium">{formatDay(on, 'long', practice.locale)}</span>
              <span className="shrink-0 text-small text-soft">
                {cells.length} {cells.length === 1 ? 'time' : 'times'}
                <span aria-hidden="true" className="ml-3 inline-block w-3 text-center text-ui text-ink">
                  <span className="group-open:hidden">+</span>
                  <span className="hidden group-open:inline">−</span>
                </span>
              </span>
            </summary>
            <ul className="grid gap-[3px] pb-4 mid:grid-cols-2">
              {cells.map((cell) => (
                <li key={cell.time} className="grid">
                  <TimeCell
                    cell={buildTimeCellLabels(cell, { names, cadence, locale: practice.locale })}
                    links={links}
                    clock={formatWallTime(cell.time, practice.locale)}
                    isChosen={false}
                    target="_top"
                    shape="day"
                  />
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
      <nav aria-label="Start weeks" className="mt-3 flex gap-6 text-small">
        {window.earlier && (
          <a href={weekFrom(window.earlier)} className="inline-flex min-h-11 items-center">
            Earlier
          </a>
        )}
        {window.later && (
          <a href={weekFrom(window.later)} className="inline-flex min-h-11 items-center">
            Later
          </a>
        )}
      </nav>
    </main>
  );
}

import { makeShortNames } from '@/app/book/booking-wording';
import { DayStripWithTimes } from '@/app/book/times/day-strip-with-times';
import { buildTimeCellLabels } from '@/app/book/times/time-cell-labels';
import {
  buildTimesGrid,
  chooseInitialDay,
  countTimes,
  listBestCells,
  type TimesGridDayData,
} from '@/app/book/times/times-grid';
import { TimesLegend } from '@/app/book/times/times-legend';
import { TimesTable } from '@/app/book/times/times-table';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageScript } from '@/components/page-script';
import { Section } from '@/components/section';
import type { AppointmentView } from '@/db/appointments/series';
import { listStandingTimesToMoveTo } from '@/db/booking/propose-move';
import { listTherapists } from '@/db/practice/therapists';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { addDays } from '@/scheduling/day';
import { formatZoneCity } from '@/scheduling/formatting';
import { EarlierLaterNav, MOVE_DAYS_SHOWN, type MoveWeek } from './earlier-later-nav';

interface NewTimeGridProps {
  managed: ManagedSeries;
  appointment: AppointmentView;
  scope: 'following' | 'all';
  /** How many dates would be moved. */
  count: number;
  week: MoveWeek;
  /** The day that a phone shows. */
  day: unknown;
  pagePath: string;
}

/** The weekdays and hours that the dates could move to, each with the number of dates that are free there. */
export async function MoveSeriesGrid(props: NewTimeGridProps) {
  const { managed, appointment, scope, count, week, day, pagePath } = props;
  const { practice, viewer, now } = managed;
  const { locale } = practice;
  const request = { uid: appointment.uid, scope, from: week.from, days: MOVE_DAYS_SHOWN };
  const [found, team] = await Promise.all([listStandingTimesToMoveTo(viewer, request, { now }), listTherapists()]);
  const names = makeShortNames(team);
  const { days } = buildTimesGrid(found ?? [], {
    from: week.from,
    until: addDays(week.from, MOVE_DAYS_SHOWN),
    notBefore: now,
    order: [appointment.therapist.id],
    everyStart: false,
  });
  const shown = chooseInitialDay(days, [typeof day === 'string' ? day : null]);
  const address = `${pagePath}&from=${week.from}`;
  const links = { start: address, base: null };
  const label = { names, cadence: 'once', locale } as const;
  const labelDay = ({ on, cells }: TimesGridDayData) => ({
    on,
    cells: cells.map((cell) => buildTimeCellLabels(cell, label)),
  });
  return (
    <Section title="Choose a new day and hour" aside={`Times are ${formatZoneCity(practice.timeZone)}.`} id="times">
      {count > 1 && (
        <p className="mb-4 max-w-[44rem] text-small text-soft">
          Each number says how many of these {formatNumberInWords(count)} dates are free at that day and hour. Pick one
          with a clash too: you can change that date on the next page.
        </p>
      )}
      <EarlierLaterNav week={week} pagePath={pagePath} locale={locale} anchor="times" />
      {shown && listBestCells(days, 1)[0] ? (
        <>
          <DayStripWithTimes
            weeks={[{ days: days.map(countTimes) }]}
            shown={countTimes(shown)}
            plan={{ cadence: 'once', sessions: count }}
            dayHref={(on) => `${address}&day=${on}`}
            list={{ day: labelDay(shown), links, chosen: null }}
            locale={locale}
          />
          <TimesTable
            weeks={[{ days: days.map(labelDay) }]}
            caption="Each cell says how many of your dates are free at that day and hour. The arrow keys go from cell to cell."
            links={links}
            chosen={null}
            isSeries={false}
            locale={locale}
          />
          <div className="mt-6">
            <TimesLegend sessions={count} />
          </div>
          <PageScript name="times" />
        </>
      ) : (
        <Notice tone="quiet" title="None of your dates is free on these days">
          <p>
            Look a little later, or <ContactPhrase practice={practice} />.
          </p>
        </Notice>
      )}
    </Section>
  );
}

import type { ReactNode } from 'react';
import type { PeriodTotals } from '@/db/reports/period-totals';
import type { PracticeReport } from '@/db/reports/practice-report';
import type { ReportListName } from '@/db/reports/report-lists';
import { LinkIfAny } from './figure-link';

/** The figures at the top of a report, each with its list and, where it helps, the period before. */
export function HeadlineFigures(props: {
  report: PracticeReport;
  /** The period before, and the address of its report. */
  before: PeriodTotals & { title: string; href: string };
  money: (cents: number) => string;
  hours: (minutes: number) => string;
  listHref: (list: ReportListName) => string;
}) {
  const { report, before, money, hours, listHref } = props;
  const { toCome } = report;
  return (
    <dl className="grid border-t border-ink mid:grid-cols-2 board:grid-cols-4">
      <Figure
        label="Takings"
        value={money(report.takenCents)}
        href={report.takenCents === 0 ? null : listHref('payments')}
      >
        {report.tipCents > 0 && <a href={listHref('tips')}>and {money(report.tipCents)} in tips</a>}
        {report.dueCents > 0 && <a href={listHref('due')}>{money(report.dueCents)} still due</a>}
        {before.takenCents > 0 && (
          <a href={before.href}>
            {before.title}: {money(before.takenCents)}
          </a>
        )}
      </Figure>
      <Figure
        label="Hours booked"
        value={hours(report.bookedMinutes)}
        href={report.bookedMinutes > 0 ? listHref('booked_hours') : null}
      >
        {report.openMinutes > 0 && <a href={listHref('open_hours')}>of {hours(report.openMinutes)} open</a>}
        <span>{percentBooked(report)} %, with set-up and clean-up</span>
        {toCome.bookedMinutes > 0 && <a href={listHref('booked_to_come')}>{hours(toCome.bookedMinutes)} upcoming</a>}
        {toCome.openMinutes > 0 && <a href={listHref('open_to_come')}>of {hours(toCome.openMinutes)} open then</a>}
        {before.bookedMinutes > 0 && (
          <a href={before.href}>
            {before.title}: {percentBooked(before)} %
          </a>
        )}
      </Figure>
      <Figure
        label="Took place"
        value={String(report.completed)}
        href={report.completed > 0 ? listHref('completed') : null}
      >
        <LinkIfAny count={report.dates} href={listHref('dates')}>
          of {report.dates} {report.dates === 1 ? 'date' : 'dates'}
        </LinkIfAny>
        {toCome.dates > 0 && <a href={listHref('to_come')}>{toCome.dates} upcoming</a>}
        {report.unmarked > 0 && <a href={listHref('unmarked')}>{report.unmarked} not marked yet</a>}
      </Figure>
      <Figure label="No-shows" value={String(report.noShows)} href={report.noShows > 0 ? listHref('no_show') : null}>
        <LinkIfAny count={report.lateCancels} href={listHref('late_cancel')}>
          {report.lateCancels} cancelled too late
        </LinkIfAny>
        <LinkIfAny count={report.cancelled} href={listHref('cancelled')}>
          {report.cancelled} cancelled in time
        </LinkIfAny>
      </Figure>
    </dl>
  );
}

function Figure(props: { label: string; value: string; href: string | null; children: ReactNode }) {
  const { label, value, href, children } = props;
  const size = 'font-serif text-[1.875rem] leading-10';
  return (
    <div className="border-b border-line py-5 pr-6">
      <dt className="text-small">{label}</dt>
      <dd>
        {href === null ? (
          <span className={`block ${size}`}>{value}</span>
        ) : (
          <a href={href} className={`inline-flex min-h-11 items-center ${size}`}>
            {value}
          </a>
        )}
        <span className="flex flex-wrap gap-x-4 text-small text-soft [&>a]:inline-flex [&>a]:min-h-11 [&>a]:items-center [&>span]:inline-flex [&>span]:min-h-11 [&>span]:items-center">
          {children}
        </span>
      </dd>
    </div>
  );
}

function percentBooked({ openMinutes, bookedMinutes }: { openMinutes: number; bookedMinutes: number }): number {
  return openMinutes > 0 ? Math.round((100 * bookedMinutes) / openMinutes) : 0;
}

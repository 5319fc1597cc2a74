import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { getPeriodTotals, type PeriodTotals } from '@/db/reports/period-totals';
import { getPracticeReport, type PracticeReport } from '@/db/reports/practice-report';
import type { ReportFilter, ReportListName } from '@/db/reports/report-lists';
import { addDays } from '@/scheduling/day';
import { formatDay, formatMoney } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { BarChart, PartsOfWholeBar } from './bar-charts';
import { ClientSources } from './client-sources';
import { describeBusiestHours } from './describe-busiest-hours';
import { HoursHeatMap } from './hours-heat-map';
import { toReportFilterQuery } from './report-lists';
import { parseReportPeriod, periodHref, type ReportPeriod } from './report-period';
import { TakingsTable } from './takings-table';

export const metadata: Metadata = { title: 'Reports', robots: { index: false } };

export default async function ReportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const viewer = await requireRole('owner');
  const practice = await getPractice();
  const { timeZone, locale } = practice;
  const today = toWallTime(timeZone, Date.now()).on;
  const period = parseReportPeriod(await searchParams, today);
  const [report, before] = await Promise.all([
    getPracticeReport(viewer, period),
    getPeriodTotals(viewer, period.before),
  ]);
  const busiest = describeBusiestHours(report.hours, locale);
  const money = (cents: number) => formatMoney(cents, report.currency, locale);
  const listHref = (list: ReportListName, filter: ReportFilter = {}) =>
    periodHref('/practice/reports/list', period.kind, period.name, `&of=${list}${toReportFilterQuery(filter)}`);
  const hasHours = report.hours.some(({ openMinutes }) => openMinutes > 0);
  return (
    <PracticeShell practice={practice} current="reports" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title={period.title}>
        <p className="mt-2 text-small text-soft">
          {formatDay(period.from, 'full', locale)} to {formatDay(addDays(period.to, -1), 'full', locale)}, all
          therapists.
          {practice.isDemo && ' Figures are made up.'}
        </p>
        <Periods period={period} today={today} />
      </PageHeader>
      <Headline {...{ report, before: { ...before, title: period.before.title }, money, listHref }} />
      <Section title="Booked hours" aside="How much of each open hour was booked, in per cent. Leave is not open.">
        {hasHours ? <HoursHeatMap cells={report.hours} /> : <p className="text-soft">No hours were open.</p>}
        {busiest && (
          <p className="mt-4 max-w-measure text-small">
            <b className="font-semibold">Fullest:</b> {busiest.fullest}. <b className="font-semibold">Emptiest:</b>{' '}
            {busiest.emptiest}.
          </p>
        )}
      </Section>
      <Section
        title="Takings"
        aside="What came in, tips aside. Prices that nobody has marked as paid are still to be paid."
      >
        {report.byService.length === 0 ? (
          <p className="text-soft">Nothing took place, and nothing was paid.</p>
        ) : (
          <div className="grid gap-x-12 gap-y-8 wide:grid-cols-2">
            <div>
              <BarChart
                rows={report.byService.map(({ name, takenCents }) => ({
                  name,
                  value: takenCents,
                  words: money(takenCents),
                }))}
              />
              <TakingsTable
                title="By massage"
                rows={report.byService}
                money={money}
                listHref={(list, serviceId) => listHref(list, { serviceId })}
                className="mt-8"
              />
            </div>
            <TakingsTable
              title="By therapist"
              rows={report.byTherapist}
              money={money}
              listHref={(list, therapistId) => listHref(list, { therapistId })}
            />
          </div>
        )}
      </Section>
      <Section title="Clients">
        <PartsOfWholeBar
          parts={[
            { name: 'in a plan', value: report.clients.inPlan },
            { name: 'came again', value: report.clients.again },
            { name: 'once so far', value: report.clients.once },
          ]}
        />
        <ul className="mt-4 grid gap-2">
          <li>
            <a href={listHref('completed')}>
              <b className="font-semibold">{report.clients.attended}</b>{' '}
              {report.clients.attended === 1 ? 'client' : 'clients'} came
            </a>
            .
          </li>
          <li>
            <a href={listHref('first_time')}>
              <b className="font-semibold">{report.clients.firstTime}</b> for the first time
            </a>
            . Of them <a href={listHref('came_back')}>{report.clients.cameBack} have another date within 8 weeks</a>.
          </li>
          <li>
            <b className="font-semibold">{report.series.ended}</b> {report.series.ended === 1 ? 'plan' : 'plans'} came
            to an end, {report.series.keptWhole} of them kept from the first date to the last.
          </li>
        </ul>
      </Section>
      <Section
        title="Where bookings came from"
        aside="No cookies: pages and bookings are counted, not people. A robot that does not say so is counted as a reader."
      >
        <ClientSources report={report} />
      </Section>
      {report.caps.length > 0 && (
        <Section title="Caps" aside="The fullest week of each therapist who has a cap.">
          <ul className="grid gap-2">
            {report.caps.map(({ id, name, capMinutes, mostMinutes }) => (
              <li key={id}>
                {name}: {sayHours(mostMinutes)} of {sayHours(capMinutes)}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </PracticeShell>
  );
}

function Periods({ period, today }: { period: ReportPeriod; today: string }) {
  const other = period.kind === 'month' ? (['year', period.name.slice(0, 4), 'The year'] as const) : null;
  const month = period.name === today.slice(0, 4) ? today.slice(0, 7) : `${period.name}-12`;
  return (
    <nav
      aria-label="Period"
      className="mt-4 flex flex-wrap gap-x-6 text-small [&>a]:inline-flex [&>a]:min-h-11 [&>a]:items-center"
    >
      <a href={periodHref('/practice/reports', period.kind, period.before.name)}>{period.before.title}</a>
      {period.after && (
        <a href={periodHref('/practice/reports', period.kind, period.after.name)}>{period.after.title}</a>
      )}
      {other ? (
        <a href={periodHref('/practice/reports', other[0], other[1])}>{other[2]}</a>
      ) : (
        <a href={periodHref('/practice/reports', 'month', month)}>By month</a>
      )}
    </nav>
  );
}

function Headline(props: {
  report: PracticeReport;
  /** The period before, by its name. */
  before: PeriodTotals & { title: string };
  money: (cents: number) => string;
  listHref: (list: ReportListName) => string;
}) {
  const { report, before, money, listHref } = props;
  return (
    <dl className="grid border-t border-ink mid:grid-cols-2 board:grid-cols-4">
      <Figure label="Takings" value={money(report.takenCents)}>
        <a href={listHref('payments')}>Payments</a>
        {report.tipCents > 0 && <span>and {money(report.tipCents)} in tips</span>}
        {report.dueCents > 0 && <a href={listHref('due')}>{money(report.dueCents)} still due</a>}
        {before.takenCents > 0 && (
          <span>
            {before.title}: {money(before.takenCents)}
          </span>
        )}
      </Figure>
      <Figure label="Hours booked" value={`${sayHours(report.bookedMinutes)} of ${sayHours(report.openMinutes)}`}>
        <span>{percentBooked(report)} % of the open hours, with set-up and clean-up</span>
        {before.bookedMinutes > 0 && (
          <span>
            {before.title}: {percentBooked(before)} %
          </span>
        )}
      </Figure>
      <Figure label="Took place" value={String(report.completed)}>
        <a href={listHref('completed')}>
          of {report.dates} {report.dates === 1 ? 'date' : 'dates'}
        </a>
      </Figure>
      <Figure label="No-shows" value={String(report.noShows)}>
        {report.noShows > 0 && <a href={listHref('no_show')}>Who did not come</a>}
        <a href={listHref('late_cancel')}>{report.lateCancels} cancelled too late</a>
        <a href={listHref('cancelled')}>{report.cancelled} cancelled in time</a>
      </Figure>
    </dl>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="border-b border-line py-5 pr-6">
      <dt className="text-small">{label}</dt>
      <dd>
        <span className="block font-serif text-[1.875rem] leading-10">{value}</span>
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

/** '148 h', '7.5 h'. */
function sayHours(minutes: number): string {
  return `${Math.round(minutes / 30) / 2} h`;
}

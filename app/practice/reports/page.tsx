import type { Metadata } from 'next';
import { connection } from 'next/server';
import { PAYMENT_METHOD_LABELS } from '@/app/practice/payments/ledger-entry-labels';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import type { CapListName } from '@/db/reports/fullest-stretches';
import { getPeriodTotals } from '@/db/reports/period-totals';
import { getPracticeReport } from '@/db/reports/practice-report';
import type { ReportFilter, ReportListName } from '@/db/reports/report-lists';
import { addDays } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { BarChart, PartsOfWholeBar } from './bar-charts';
import { describeBusiestHours } from './describe-busiest-hours';
import { FigureLink, LinkIfAny } from './figure-link';
import { HeadlineFigures } from './headline-figures';
import { HoursHeatMap } from './hours-heat-map';
import { QuestionPageFunnel } from './question-page-funnel';
import { toReportFilterQuery } from './report-lists';
import { parseReportPeriod, periodHref, type ReportPeriod } from './report-period';
import { formatReportHours } from './report-table';
import { TakingsTable } from './takings-table';

export const metadata: Metadata = { title: 'Reports', robots: { index: false } };

const CAP_WORDS: Record<CapListName, string> = {
  fullest_day: 'in a day',
  fullest_week: 'in a week',
  fullest_deep_day: 'of deep tissue in a day',
  fullest_deep_week: 'of deep tissue in a week',
};

export default async function ReportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const viewer = await requireRole('owner');
  const practice = await getPractice();
  const { timeZone, locale } = practice;
  const now = Date.now();
  const today = toWallTime(timeZone, now).on;
  const period = parseReportPeriod(await searchParams, today);
  const [report, before] = await Promise.all([
    getPracticeReport(viewer, period, { now }),
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
          {period.to > today && ' Dates and hours count up to now. Upcoming ones are beside them.'}
          {practice.isDemo && ' Figures are made up.'}
        </p>
        <Periods period={period} today={today} />
      </PageHeader>
      <HeadlineFigures
        report={report}
        before={{
          ...before,
          title: period.before.title,
          href: periodHref('/practice/reports', period.kind, period.before.name),
        }}
        hours={(minutes) => formatReportHours(minutes, practice.locale)}
        money={money}
        listHref={listHref}
      />
      <Section
        title="Booked hours"
        aside="How much of each open hour was booked, in per cent; press one to see its dates. Leave is not open."
      >
        {hasHours ? (
          <HoursHeatMap
            cells={report.hours}
            listHref={(weekday, hour) => listHref('booked_hours', { weekday, hour })}
          />
        ) : (
          <p className="text-soft">No hours were open.</p>
        )}
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
                rows={report.byService.map(({ id, name, takenCents }) => ({
                  name,
                  value: takenCents,
                  words: money(takenCents),
                  href: listHref('payments', { serviceId: id }),
                }))}
              />
              <TakingsTable
                title="By massage"
                rows={report.byService}
                money={money}
                listHref={(list, serviceId) => listHref(list, serviceId === null ? {} : { serviceId })}
                className="mt-8"
              />
            </div>
            <div>
              <TakingsTable
                title="By therapist"
                rows={report.byTherapist}
                money={money}
                listHref={(list, therapistId) => listHref(list, therapistId === null ? {} : { therapistId })}
              />
              {report.byWay.length > 0 && (
                <TakingsTable
                  title="By way of paying"
                  rows={report.byWay.map(({ way, takenCents }) => {
                    return { id: way, name: PAYMENT_METHOD_LABELS[way], takenCents };
                  })}
                  money={money}
                  listHref={(list, way) => listHref(list, way === null ? {} : { way })}
                  className="mt-8"
                />
              )}
            </div>
          </div>
        )}
      </Section>
      <Section title="Clients">
        <PartsOfWholeBar
          parts={[
            { name: 'in a plan', value: report.clients.inPlan, href: listHref('in_plan') },
            { name: 'came again', value: report.clients.again, href: listHref('again') },
            { name: 'once so far', value: report.clients.once, href: listHref('once') },
          ]}
        />
        <ul className="mt-4 grid gap-2">
          <li>
            <FigureLink value={report.clients.attended} href={listHref('clients')}>
              {report.clients.attended === 1 ? 'client' : 'clients'} came
            </FigureLink>
            .
          </li>
          <li>
            <FigureLink value={report.clients.firstTime} href={listHref('first_time')}>
              for the first time
            </FigureLink>
            . Of them{' '}
            <FigureLink value={report.clients.cameBack} href={listHref('came_back')}>
              {report.clients.cameBack === 1 ? 'has' : 'have'} another date within 8 weeks
            </FigureLink>
            .
          </li>
          <li>
            <FigureLink value={report.series.ended} href={listHref('ended_plans')}>
              {report.series.ended === 1 ? 'plan' : 'plans'} came to an end
            </FigureLink>
            ,{' '}
            <FigureLink value={report.series.keptWhole} href={listHref('kept_plans')}>
              of them kept from the first date to the last
            </FigureLink>
            .
          </li>
        </ul>
      </Section>
      <Section
        title="Where bookings came from"
        aside="No cookies: pages and bookings are counted, not people. A robot that does not say so is counted as a reader."
      >
        <QuestionPageFunnel report={report} listHref={listHref} />
      </Section>
      {report.caps.length > 0 && (
        <Section
          title="Caps"
          aside="The fullest day or week of each therapist who has a cap. A week counts whole, also where it begins before or ends after the period."
        >
          <ul className="grid gap-2">
            {report.caps.map(({ list, id, name, capMinutes, mostMinutes }) => (
              <li key={`${list} ${id}`}>
                <LinkIfAny count={mostMinutes} href={listHref(list, { therapistId: id })}>
                  {name}: {formatReportHours(mostMinutes, practice.locale)} of{' '}
                  {formatReportHours(capMinutes, practice.locale)} {CAP_WORDS[list]}
                </LinkIfAny>
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

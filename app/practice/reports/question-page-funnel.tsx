import type { PracticeReport } from '@/db/reports/practice-report';
import type { ReportFilter, ReportListName } from '@/db/reports/report-lists';
import { BarChart } from './bar-charts';
import { LinkIfAny } from './figure-link';
import { formatQuestion } from './report-table';

/** From readers of a question page to a first date that was kept, for all pages and for each. */
export function QuestionPageFunnel({
  report,
  listHref,
}: {
  report: PracticeReport;
  listHref: (list: ReportListName, filter?: ReportFilter) => string;
}) {
  const { pages, bookings } = report;
  const sum = (field: 'reads' | 'followed' | 'booked' | 'kept') =>
    pages.reduce((total, page) => total + page[field], 0);
  const steps = [
    { name: 'Read a question page', value: sum('reads'), href: listHref('page_reads') },
    { name: 'Followed it to booking', value: sum('followed'), href: listHref('page_follows') },
    { name: 'Booked', value: sum('booked') },
    { name: 'Kept the first date', value: sum('kept') },
  ];
  return (
    <>
      <BarChart rows={steps.map((step) => ({ ...step, words: String(step.value) }))} />
      {pages.length > 0 && (
        <div className="mt-8">
          <table className="w-full text-small tabular-nums max-mid:[&_tr]:grid max-mid:[&_tr]:grid-cols-4 max-mid:[&_tr>:first-child]:col-span-4 [&_td]:py-2.5 [&_td]:pl-4 [&_td]:text-right [&_th]:py-2.5 [&_th]:font-normal [&_tr]:border-b [&_tr]:border-line">
            <thead className="border-t border-ink text-soft">
              <tr>
                <th scope="col" className="text-left">
                  Question page
                </th>
                {['Read', 'Followed', 'Booked', 'Kept'].map((name) => (
                  <th key={name} scope="col" className="pl-4 text-right">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pages.map((page) => (
                <tr key={page.slug}>
                  <th scope="row" className="text-left">
                    <a href={`/questions/${page.slug}`}>{formatQuestion(page.slug)}</a>
                  </th>
                  <td>
                    <LinkIfAny count={page.reads} href={listHref('page_reads', { slug: page.slug })}>
                      {page.reads}
                    </LinkIfAny>
                  </td>
                  <td>
                    <LinkIfAny count={page.followed} href={listHref('page_follows', { slug: page.slug })}>
                      {page.followed}
                    </LinkIfAny>
                  </td>
                  <td>{page.booked}</td>
                  <td>{page.kept}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="mt-6 text-soft">
        Also: {bookings.online} booked online without a question page,{' '}
        <LinkIfAny count={bookings.desk} href={listHref('desk_bookings')}>
          {bookings.desk} at the desk
        </LinkIfAny>
        .
      </p>
      <p className="mt-2 max-w-measure text-small text-soft">
        Who came from a question page is about their health: online bookings are counted here, and not listed.
      </p>
    </>
  );
}

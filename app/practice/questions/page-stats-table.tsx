import type { QuestionPageCount } from '@/db/questions/question-page-counts';

interface PageStatsTableProps {
  pages: { slug: string; question: string; isHidden: boolean }[];
  counts: QuestionPageCount[];
}

const none = { reads: 0, followed: 0, booked: 0 };

/**
 * Every question page with its figures, the most read first. A page that is hidden keeps its figures without a link, and
 * one that no longer exists under its name in the address.
 */
export function PageStatsTable({ pages, counts }: PageStatsTableProps) {
  const removed = counts.filter(({ slug }) => !pages.some((page) => page.slug === slug));
  const rows = [
    ...pages.map((page) => ({
      ...none,
      ...counts.find(({ slug }) => slug === page.slug),
      ...page,
      isThere: !page.isHidden,
    })),
    ...removed.map((count) => ({ ...count, question: count.slug, isThere: false })),
  ].sort((a, b) => b.booked - a.booked || b.followed - a.followed || b.reads - a.reads);
  return (
    <table className="w-full max-w-[50rem] border-collapse text-[0.9375rem] leading-6 max-mid:[&_tr]:grid max-mid:[&_tr]:grid-cols-3 max-mid:[&_tr>:first-child]:col-span-3">
      <caption className="sr-only">Reads, followed booking links and booked plans of each question page</caption>
      <thead>
        <tr className="border-b border-ink text-left text-small text-soft">
          <th scope="col" className="py-2 pr-3 font-medium">
            Page
          </th>
          <Figure heading>Read</Figure>
          <Figure heading>Followed</Figure>
          <Figure heading>Booked</Figure>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ slug, question, isThere, reads, followed, booked }) => (
          <tr key={slug} className="border-b border-line align-baseline">
            <th scope="row" className="py-3 pr-3 text-left font-normal">
              {isThere ? (
                <a href={`/questions/${slug}`} className="text-ink">
                  {question}
                </a>
              ) : (
                question
              )}
            </th>
            <Figure>{reads}</Figure>
            <Figure>{followed}</Figure>
            <Figure>{booked}</Figure>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ children, heading }: { children: string | number; heading?: boolean }) {
  const className = 'py-2 pl-2 text-right tabular-nums wrap-anywhere';
  return heading ? (
    <th scope="col" className={`${className} font-medium`}>
      {children}
    </th>
  ) : (
    <td className={className}>{children}</td>
  );
}

import { UNMARKED_NOTICE_DAYS } from '@/db/appointments/unmarked-dates';

/** Past dates of which nobody has said how they went: one line, which leads to their list. */
export function UnmarkedDatesNotice({ many }: { many: number }) {
  if (many === 0) return null;
  return (
    <p id="notice-unmarked" tabIndex={-1} className="border-t border-line text-small outline-none print:hidden">
      <a href="/practice/unmarked" className="inline-flex min-h-11 items-center">
        {many} {many === 1 ? 'massage' : 'massages'} of the last {UNMARKED_NOTICE_DAYS} days {many === 1 ? 'is' : 'are'}{' '}
        not marked: done, or did not come?
      </a>
    </p>
  );
}

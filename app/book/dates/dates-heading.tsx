'use client';

import { type ReactNode, useRef } from 'react';
import { type ChosenTime, formatChosenTime } from '@/app/book/booking-wording';
import { parseReplacement } from '@/app/book/query-params';
import { PageHeader } from '@/components/page-header';
import type { DateRow } from './date-rows';
import { formatFreeDateCount } from './format-free-date-count';
import { useChosenRepairs } from './use-chosen-repairs';

interface Props {
  chosen: Omit<ChosenTime, 'picks'>;
  rows: DateRow[];
  locale: string;
  who: ReactNode;
  children: ReactNode;
}

/** The heading of the dates: it counts those that will be booked, following the choices in the surrounding form. */
export function DatesHeading({ rows, ...heading }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const chosenRows = useChosenRepairs(own, rows, { isInAddress: true });
  return (
    <div ref={own}>
      <ChosenDatesHeading {...heading} rows={chosenRows} sentRows={rows} />
    </div>
  );
}

/** The heading of `rows`, whose choices are those of now. `sentRows` are the same dates as the page was sent. */
export function ChosenDatesHeading({
  chosen,
  rows,
  sentRows,
  locale,
  who,
  takesFocus,
  children,
  below,
}: Props & { sentRows: DateRow[]; takesFocus?: boolean; below?: ReactNode }) {
  const settled = rows.map(settle(sentRows));
  const picks = Object.fromEntries(
    settled.flatMap(({ position, state, pick }) => {
      const replacement = state === 'moved' || pick === 'skip' ? parseReplacement(pick) : null;
      return replacement ? [[position, replacement]] : [];
    }),
  );
  return (
    <PageHeader
      {...(takesFocus && { takesFocus })}
      title={formatChosenTime({ ...chosen, picks }, locale)}
      from={
        <>
          {who} {formatFreeDateCount(settled)} {children}
        </>
      }
    >
      {below}
    </PageHeader>
  );
}

/** The option offered first for a clash does not count as chosen; any other option does. */
function settle(sent: DateRow[]): (row: DateRow, at: number) => DateRow {
  return (row, at) => {
    if (row.pick === sent[at]?.pick) return row;
    return { ...row, state: row.pick === 'skip' ? 'skipped' : row.pick === null ? 'free' : 'moved' };
  };
}

import { SeriesAvailabilityLine } from '@/components/series-availability-line';
import { type TimeCellHrefBase, timeCellHref } from './time-cell-href';
import type { TimeCellLabels } from './time-cell-labels';

export interface TimeCellProps {
  cell: TimeCellLabels;
  links: TimeCellHrefBase;
  isChosen: boolean;
  /** Its hour in words, where no row says it. */
  clock?: string;
  /** Out of the frame that it is shown in. */
  target?: '_top';
}

/**
 * A time that can be kept: how many dates are free, with whom, and the line that breaks where one clashes. Read aloud
 * it is one sentence; number, line and fill say the same to the eye. What it looks like, that its spans are not seen,
 * and the line of one whose dates are all free, is in globals.css.
 */
export function TimeCell({ cell, links, isChosen, clock, target, shape }: TimeCellProps & { shape: 'table' | 'day' }) {
  const isDay = shape === 'day';
  const after = `${cell.isSeries ? ' free' : ''}${cell.clashes ? `, ${cell.clashes}` : ''}`;
  return (
    <a
      href={timeCellHref(links, cell)}
      target={target}
      aria-current={isChosen || undefined}
      className={isDay ? `time-cell day ${cell.level}` : cell.level}
    >
      <span>{`${cell.when} with `}</span>
      {isDay && <i aria-hidden="true">{clock}</i>}
      <small>{`${cell.who}${isChosen && isDay ? ', chosen' : ''}`}</small>
      <b>{cell.open}</b>
      {after && <span>{after}</span>}
      {cell.level !== 'all' && <SeriesAvailabilityLine line={cell.line} />}
    </a>
  );
}

/** A cell of the table without a time. */
export function EmptyTimeCell() {
  return <td className="no-time" />;
}

import { SeriesAvailabilityLine } from '@/components/series-availability-line';
import { type TimeCellHrefBase, timeCellHref } from './time-cell-href';
import type { TimeCellLabels } from './time-cell-labels';

export interface TimeCellProps {
  cell: TimeCellLabels;
  links: TimeCellHrefBase;
  isChosen: boolean;
  /** The hour in words, where no row shows it. */
  clock?: string;
  /** Leaves the frame that embeds the page. */
  target?: '_top';
}

/**
 * A time that can be booked: how many dates are free, with whom, and a line that breaks where one clashes. A screen
 * reader hears one sentence; number, line and fill show the same. globals.css has its looks, hides the spans that are
 * only read aloud, and draws the line of a time whose dates are all free.
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

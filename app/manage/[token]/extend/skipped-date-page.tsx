import { bookSkippedDate } from '@/app/manage/[token]/actions';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { findBookableSkippedDate } from '@/db/booking/bookable-skipped-dates';
import { findWithheldMassageOfSkipped } from '@/db/care/withheld-massages';
import { DateToBookPage } from './date-to-book-page';

/** A skipped date that is free again. */
export async function SkippedDatePage({ managed, position }: { managed: ManagedSeries; position: number }) {
  const { series, viewer } = managed;
  const [date, held] = await Promise.all([
    findBookableSkippedDate(viewer, series.uid, position, managed),
    findWithheldMassageOfSkipped(viewer, position, managed),
  ]);
  return (
    <DateToBookPage
      managed={managed}
      title={date ? 'Book it after all' : 'That date is not free now'}
      from="You skipped this date. Your others stay as they are."
      date={date && { ...date, therapist: series.therapist.name }}
      withheld={held && `You told us about your health: ${held.why}`}
      action={bookSkippedDate}
      fields={{ position }}
      otherwise={<p>It stays skipped, and is offered again when its time frees up.</p>}
    />
  );
}

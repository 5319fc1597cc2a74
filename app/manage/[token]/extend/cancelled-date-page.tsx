import { bookCancelledDate } from '@/app/manage/[token]/actions';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import { bookAgainByLinkHref } from '@/app/manage/[token]/series-wording';
import type { AppointmentView } from '@/db/appointments/series';
import { isRestorableDate } from '@/db/booking/restorable-dates';
import { isCancelledDateWithheld } from '@/db/care/withheld-massages';
import { DateToBookPage } from './date-to-book-page';

/** A date that its client cancelled, to be booked again at its time. */
export async function CancelledDatePage({
  managed,
  cancelled,
}: {
  managed: ManagedSeries;
  cancelled: AppointmentView;
}) {
  const { series, viewer, token } = managed;
  const { uid, startsAt, priceCents, therapist } = cancelled;
  const [isFree, isWithheld] = await Promise.all([
    isRestorableDate(viewer, { seriesId: series.uid, uid }, managed),
    isCancelledDateWithheld(viewer, uid, managed),
  ]);
  return (
    <DateToBookPage
      managed={managed}
      title={isFree ? 'Book this date again' : 'That date is not free now'}
      from="You cancelled this date. Your others stay as they are."
      date={isFree ? { startsAt, priceCents, therapist: therapist.name } : null}
      withheld={isWithheld ? 'It does not fit what you told us about your health.' : null}
      action={bookCancelledDate}
      fields={{ uid }}
      otherwise={
        <p>
          It stays cancelled. <a href={bookAgainByLinkHref(token, series)}>Choose another time</a>
        </p>
      }
    />
  );
}

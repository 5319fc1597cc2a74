import { findConflictAlternatives, type TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import type { RefusedDates } from './cached-refusal';

/**
 * Finds other times for each date that could not be booked. Where two come at once, a date is lost for both when it is
 * lost for one.
 */
export function findBookingConflictAlternatives(
  request: SeriesRequest | StaffSeriesRequest,
  { refused, dates, extraMinutes = 0 }: RefusedDates & { extraMinutes?: number },
  now: number,
): Promise<TimesTakenRefusal> {
  const count = request.appointments.length;
  const refusedByDate = new Map(
    refused.toReversed().map(({ at, reason }) => [at % count, { reason, isOfOther: at >= count }]),
  );
  const clashes = [...refusedByDate.keys()]
    .sort((a, b) => a - b)
    .map((at) => {
      const { reason, isOfOther } = refusedByDate.get(at)!;
      const { position, startsAt, serviceId } = dates[at]!;
      const { therapistId } = request.appointments[at]!;
      const besideId = request.beside?.therapistIds[at];
      // The second person’s dates follow all dates of the first.
      const besideDate = dates[count + at];
      const besideFields =
        besideId === undefined || !besideDate ? {} : { besideId, isOfOther, ...massageOf(besideDate) };
      return { position, startsAt, therapistId, serviceId, reason, minutes: request.minutes, ...besideFields };
    });
  const ownIntervals: Interval[] = dates.filter((_, at) => !refusedByDate.has(at % count)).map(({ padded }) => padded);
  return findConflictAlternatives(clashes, { ownIntervals, extraMinutes }, now);
}

function massageOf({ serviceId, startsAt, endsAt }: RefusedDates['dates'][number]) {
  return { besideServiceId: serviceId, besideMinutes: (endsAt - startsAt) / 60_000 };
}

import type { BookingChoice } from '@/app/book/booking-choice';
import { buildBesideQuery } from '@/app/book/side-by-side';
import { listSeriesDays } from '@/scheduling/cadence';
import { isSecondOfRepeatedTime, toInstant } from '@/scheduling/zone-conversion';

// The dates that a choice asks for, and the request that books or holds them.

export interface BookingDate {
  position: number;
  on: string;
  startsAt: number;
  endsAt: number;
  serviceId: string;
  therapistId: string;
  /** The therapist of the second person, where two come at the same time. */
  besideId?: string | undefined;
  /** The second person's massage and its length, where they differ from the first person's. */
  besideServiceId?: string | undefined;
  besideMinutes?: number | undefined;
}

/** The dates of the standing time, before any repair. */
export function listDatesBeforeRepairs(choice: BookingChoice, timeZone: string): BookingDate[] {
  const { standing, cadence, sessions, minutes, ladder } = choice;
  if (!standing) return [];
  const { beside } = buildBesideQuery(choice);
  return listSeriesDays({ cadence, firstOn: standing.on, sessions }).map((on, index) => {
    const startsAt = toInstant(timeZone, on, standing.time);
    return {
      position: index + 1,
      on,
      startsAt,
      endsAt: startsAt + minutes * 60_000,
      serviceId: ladder[index] ?? choice.serviceId,
      therapistId: standing.therapistId,
      ...(standing.besideId !== undefined && { besideId: standing.besideId }),
      ...(beside && { besideServiceId: beside.serviceIds[index]!, besideMinutes: beside.minutes }),
    };
  });
}

/**
 * Built from the address alone, so a form that is sent again after it was booked makes the same request and gets the
 * same answer.
 */
export function buildBookingRequest(choice: BookingChoice, timeZone: string) {
  const planned = listDatesBeforeRepairs(choice, timeZone);
  const { beside } = buildBesideQuery(choice);
  const pickAt = (position: number) => choice.picks[position];
  const dates = planned
    .filter(({ position }) => pickAt(position)?.kind !== 'skip')
    .map(({ position, startsAt, serviceId, therapistId, besideId }) => {
      const pick = pickAt(position);
      return pick?.kind === 'move'
        ? { ...pick, position, serviceId, startsAt: toInstant(timeZone, pick.on, pick.time) }
        : { position, serviceId, startsAt, therapistId, besideId };
    });
  return {
    cadence: choice.cadence,
    minutes: choice.minutes,
    appointments: dates.map(({ position, startsAt, serviceId, therapistId }) => {
      return { position, serviceId, startsAt, therapistId };
    }),
    ...(choice.isForTwo && {
      beside: {
        therapistIds: dates.map(({ besideId = 'any' }) => besideId),
        ...(beside && {
          serviceIds: dates.map(({ position }) => beside.serviceIds[position - 1]!),
          minutes: beside.minutes,
        }),
      },
    }),
    // The standing time gives only local times, so the second of two hours with the same clock time is requested by its
    // instant alone.
    standing:
      choice.standing && !isSecondOfRepeatedTime(choice.standing.time)
        ? { firstOn: choice.standing.on, time: choice.standing.time, therapistId: choice.standing.therapistId }
        : null,
    skipped: planned
      .filter(({ position }) => pickAt(position)?.kind === 'skip')
      .map(({ position, on }) => ({ position, on })),
  };
}

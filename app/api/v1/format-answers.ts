import type { z } from 'zod';
import type { SeriesView } from '@/db/appointments/series';
import type { DateAlternative } from '@/db/availability/find-clash';
import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { toIsoWithOffset } from '@/scheduling/zone-conversion';
import type { alternativeSchema, clashSchema, seriesAnswerSchema } from './api-schemas';

type AlternativeAnswer = z.infer<typeof alternativeSchema>;

export function formatAlternativesAnswer(alternatives: DateAlternative[], timeZone: string): AlternativeAnswer[] {
  return alternatives.map(({ start, therapistId, besideId }) => ({
    startsAt: toIsoWithOffset(timeZone, start),
    therapist: therapistId,
    ...(besideId !== undefined && { beside: besideId }),
  }));
}

/** Every clash with its own alternatives, and a list of all alternatives without duplicates. */
export function formatClashesAnswer(
  clashes: ClashWithAlternatives[],
  timeZone: string,
): { clashes: z.infer<typeof clashSchema>[]; alternatives: AlternativeAnswer[] } {
  const all = new Map(
    clashes
      .flatMap(({ alternatives }) => alternatives)
      .map((alternative) => [`${alternative.start} ${alternative.therapistId} ${alternative.besideId}`, alternative]),
  );
  return {
    clashes: clashes.map(({ startsAt, therapistId, besideId, serviceId, alternatives, position, reason }) => ({
      position,
      startsAt: toIsoWithOffset(timeZone, startsAt),
      therapist: therapistId,
      ...(besideId !== undefined && { beside: besideId }),
      service: serviceId,
      reason,
      alternatives: formatAlternativesAnswer(alternatives, timeZone),
    })),
    alternatives: formatAlternativesAnswer([...all.values()], timeZone),
  };
}

/** A series as it is shown to whoever holds its manage link. */
export function formatSeriesAnswer(view: SeriesView): z.infer<typeof seriesAnswerSchema> {
  const { uid, cadence, firstOn, time, timeZone, sessions, client, note } = view;
  return {
    uid,
    cadence,
    firstOn,
    time,
    timeZone,
    sessions,
    therapist: view.therapist.id,
    client: { name: client.name, email: client.email, phone: client.phone },
    bookedBy: view.bookedBy,
    note,
    question: view.questionSlug,
    appointments: view.appointments.map((appointment) => ({
      uid: appointment.uid,
      position: appointment.position,
      startsAt: toIsoWithOffset(appointment.timeZone, appointment.startsAt),
      endsAt: toIsoWithOffset(appointment.timeZone, appointment.endsAt),
      therapist: appointment.therapist.id,
      service: appointment.service.id,
      room: appointment.room.id,
      minutes: appointment.minutes,
      priceCents: appointment.priceCents,
      currency: appointment.currency,
      status: appointment.status,
      isMoved: appointment.isMoved,
      sequence: appointment.sequence,
    })),
    skipped: view.skipped.map(({ position, on, startsAt }) => ({
      position,
      on,
      startsAt: toIsoWithOffset(timeZone, startsAt),
    })),
  };
}

import type { z } from 'zod';
import {
  type bookedAnswerSchema,
  type pendingBookingAnswerSchema,
  seriesBodySchema,
  seriesHeadersSchema,
} from '@/app/api/v1/api-schemas';
import {
  invalidResponse,
  jsonResponse,
  methodNotAllowedHandlers,
  rateLimitedResponse,
  refusalResponse,
  withRateLimitAndProblems,
} from '@/app/api/v1/problem-responses';
import { readBody } from '@/app/api/v1/read-request';
import { getClientIp } from '@/app/client-ip';
import { type BookSeriesResult, bookSeries } from '@/db/booking/book-series';
import { toIssues } from '@/db/input/field-schemas';
import { getPractice } from '@/db/practice/practice';
import { listQuestionSlugs } from '@/questions/list-question-slugs';
import { toIsoWithOffset } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';

type BookedPart = Pick<Extract<BookSeriesResult, { ok: true }>, 'seriesId' | 'manageToken' | 'appointments'>;

/**
 * How many requests of one sender may wait is counted over a day, so a sender over the limit may try again after a day.
 */
const REQUESTS_WAIT_SECONDS = 86_400;

export const POST = withRateLimitAndProblems('bookings', async (request) => {
  const key = request.headers.get('idempotency-key') ?? undefined;
  const headers = seriesHeadersSchema.safeParse({ 'Idempotency-Key': key });
  if (!headers.success) return invalidResponse(toIssues(headers.error), 400);
  const body = await readBody(request, seriesBodySchema);
  if (!body.ok) return body.reply;
  const { service, minutes, cadence, appointments, client, bookedBy, beside, note, consent, question } = body.value;
  if (question !== undefined && !listQuestionSlugs().includes(question))
    return invalidResponse([{ path: ['question'], message: 'There is no such question page.' }]);
  const result = await bookSeries(
    { role: 'reader' },
    {
      cadence,
      minutes,
      appointments: appointments.map((appointment) => ({
        startsAt: appointment.startsAt,
        therapistId: appointment.therapist,
        serviceId: appointment.service ?? service,
      })),
      client,
      bookedBy,
      ...(beside && {
        beside: {
          name: beside.name,
          therapistIds: beside.therapists,
          ...(beside.service !== undefined && { serviceIds: appointments.map(() => beside.service!) }),
          ...(beside.minutes !== undefined && { minutes: beside.minutes }),
        },
      }),
      note,
      consent: consent && 'api',
      questionSlug: question,
      idempotencyKey: headers.data['Idempotency-Key'],
    },
    { now: Date.now(), sender: getClientIp(request.headers) },
  );
  const { timeZone } = await getPractice();
  if (!result.ok) {
    if (result.reason === 'too_many') return rateLimitedResponse(REQUESTS_WAIT_SECONDS);
    if (result.reason !== 'to_confirm' && result.reason !== 'to_approve') return refusalResponse(result);
    const answer: z.infer<typeof pendingBookingAnswerSchema> = {
      state: result.reason,
      until: toIsoWithOffset(timeZone, result.until),
    };
    return jsonResponse(answer, 202);
  }
  const answerOf = (booked: BookedPart) => ({
    uid: booked.seriesId,
    manageUrl: `${baseUrl()}/manage/${booked.manageToken}`,
    manageToken: booked.manageToken,
    appointments: booked.appointments.map(({ uid, startsAt, endsAt, therapistId, serviceId }) => ({
      uid,
      startsAt: toIsoWithOffset(timeZone, startsAt),
      endsAt: toIsoWithOffset(timeZone, endsAt),
      therapist: therapistId,
      service: serviceId,
      status: 'booked' as const,
    })),
  });
  const answer: z.infer<typeof bookedAnswerSchema> = {
    ...answerOf(result),
    ...(result.beside && { beside: answerOf(result.beside) }),
  };
  return jsonResponse(answer, 201, { Location: `/api/v1/series/${result.seriesId}` });
});

export const { GET, PUT, PATCH, DELETE } = methodNotAllowedHandlers('POST');

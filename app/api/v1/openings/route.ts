import type { z } from 'zod';
import { type openingsAnswerSchema, openingsQuerySchema } from '@/app/api/v1/api-schemas';
import {
  jsonResponse,
  methodNotAllowedHandlers,
  refusalResponse,
  withRateLimitAndProblems,
} from '@/app/api/v1/problem-responses';
import { readQuery } from '@/app/api/v1/read-request';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { toIsoWithOffset } from '@/scheduling/zone-conversion';

export const GET = withRateLimitAndProblems('reads', async (request) => {
  const query = readQuery(request, openingsQuerySchema);
  if (!query.ok) return query.reply;
  const { service, therapist, minutes, from, days } = query.value;
  const therapistId = therapist === 'any' ? undefined : therapist;
  const found = await listBookableStarts({ serviceId: service, minutes, from, days, therapistId }, Date.now());
  if (!found.ok) return refusalResponse(found);
  return jsonResponse({
    timeZone: found.timeZone,
    openings: found.openings.map(({ startsAt, therapists }) => ({
      startsAt: toIsoWithOffset(found.timeZone, startsAt),
      therapists,
    })),
  } satisfies z.infer<typeof openingsAnswerSchema>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

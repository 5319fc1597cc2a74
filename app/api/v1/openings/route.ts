import type { z } from 'zod';
import { json, methodNotAllowedHandlers, refusalProblem, withRateLimitAndProblems } from '@/app/api/v1/problems';
import { readQuery } from '@/app/api/v1/request';
import { type openingsAnswer, openingsQuery } from '@/app/api/v1/schemas';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { toIsoWithOffset } from '@/scheduling/zone-conversion';

export const GET = withRateLimitAndProblems('reads', async (request) => {
  const query = readQuery(request, openingsQuery);
  if (!query.ok) return query.reply;
  const { service, therapist, minutes, from, days } = query.value;
  const therapistId = therapist === 'any' ? undefined : therapist;
  const found = await listBookableStarts({ serviceId: service, minutes, from, days, therapistId }, Date.now());
  if (!found.ok) return refusalProblem(found);
  return json({
    timeZone: found.timeZone,
    openings: found.openings.map(({ startsAt, therapists }) => ({
      startsAt: toIsoWithOffset(found.timeZone, startsAt),
      therapists,
    })),
  } satisfies z.infer<typeof openingsAnswer>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

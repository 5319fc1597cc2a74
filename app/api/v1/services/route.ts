import type { z } from 'zod';
import type { servicesAnswerSchema } from '@/app/api/v1/api-schemas';
import { jsonResponse, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';
import { getPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';

export const GET = withRateLimitAndProblems('reads', async () => {
  const [{ timeZone, currency }, services] = await Promise.all([getPractice(), listServicesBookableOnline()]);
  return jsonResponse({
    timeZone,
    currency,
    services: services.map(({ id, name, summary, lengths, therapists }) => ({
      id,
      name,
      summary,
      lengths,
      therapists,
    })),
  } satisfies z.infer<typeof servicesAnswerSchema>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

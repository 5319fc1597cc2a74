import type { z } from 'zod';
import { json, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problems';
import type { servicesAnswer } from '@/app/api/v1/schemas';
import { getPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';

export const GET = withRateLimitAndProblems('reads', async () => {
  const [{ timeZone, currency }, services] = await Promise.all([getPractice(), listServicesBookableOnline()]);
  return json({
    timeZone,
    currency,
    services: services.map(({ id, name, summary, lengths, therapists }) => ({
      id,
      name,
      summary,
      lengths,
      therapists,
    })),
  } satisfies z.infer<typeof servicesAnswer>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

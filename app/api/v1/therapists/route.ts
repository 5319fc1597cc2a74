import type { z } from 'zod';
import { json, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problems';
import type { therapistsAnswer } from '@/app/api/v1/schemas';
import { listTherapists } from '@/db/practice/therapists';

export const GET = withRateLimitAndProblems('reads', async () => {
  const therapists = await listTherapists();
  return json({
    therapists: therapists.map(({ id, name, services }) => ({ id, name, services })),
  } satisfies z.infer<typeof therapistsAnswer>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

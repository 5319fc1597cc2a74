import type { z } from 'zod';
import type { therapistsAnswerSchema } from '@/app/api/v1/api-schemas';
import { jsonResponse, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';
import { listTherapists } from '@/db/practice/therapists';

export const GET = withRateLimitAndProblems('reads', async () => {
  const therapists = await listTherapists();
  return jsonResponse({
    therapists: therapists.map(({ id, name, services }) => ({ id, name, services })),
  } satisfies z.infer<typeof therapistsAnswerSchema>);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

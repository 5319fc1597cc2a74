import { busyProblem, json, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problems';
import { checkWritable } from '@/db/operations/database-health';

export const GET = withRateLimitAndProblems('reads', async () => {
  try {
    await checkWritable(Date.now());
  } catch (error) {
    return busyProblem(error);
  }
  return json({ status: 'ok' });
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

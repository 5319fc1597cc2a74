import { busyProblem, json, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problems';
import { checkDatabaseWritable } from '@/db/operations/database-health';

export const GET = withRateLimitAndProblems('reads', async () => {
  try {
    await checkDatabaseWritable(Date.now());
  } catch (error) {
    return busyProblem(error);
  }
  return json({ status: 'ok' });
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

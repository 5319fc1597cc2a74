import {
  busyResponse,
  jsonResponse,
  methodNotAllowedHandlers,
  withRateLimitAndProblems,
} from '@/app/api/v1/problem-responses';
import { checkDatabaseWritable } from '@/db/operations/database-health';

export const GET = withRateLimitAndProblems('reads', async () => {
  try {
    await checkDatabaseWritable(Date.now());
  } catch (error) {
    return busyResponse(error);
  }
  return jsonResponse({ status: 'ok' });
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

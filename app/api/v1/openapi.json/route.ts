import { describeApi } from '@/app/api/v1/openapi-description';
import { json, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problems';

let described: Record<string, unknown> | undefined;

export const GET = withRateLimitAndProblems('reads', async () => {
  described ??= describeApi();
  return json(described, 200, { 'Cache-Control': 'no-cache' });
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

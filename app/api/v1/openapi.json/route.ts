import { buildOpenApiDescription } from '@/app/api/v1/openapi-description';
import { jsonResponse, methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';

let described: Record<string, unknown> | undefined;

export const GET = withRateLimitAndProblems('reads', async () => {
  described ??= buildOpenApiDescription();
  return jsonResponse(described, 200, { 'Cache-Control': 'no-cache' });
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

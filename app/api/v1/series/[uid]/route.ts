import { methodNotAllowedHandlers, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';
import { readLinkViewer, replyWithSeries } from '@/app/api/v1/read-request';

export const GET = withRateLimitAndProblems('reads', async (request, context: { params: Promise<{ uid: string }> }) => {
  const viewer = await readLinkViewer(request);
  if (!viewer.ok) return viewer.reply;
  const { uid } = await context.params;
  return replyWithSeries(viewer.value, uid);
});

export const { POST, PUT, PATCH, DELETE } = methodNotAllowedHandlers('GET');

import { cancelBodySchema } from '@/app/api/v1/api-schemas';
import { methodNotAllowedHandlers, refusalResponse, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';
import { readBody, readLinkViewer, replyWithSeries } from '@/app/api/v1/read-request';
import { cancelAppointments } from '@/db/booking/cancel-appointments';

export const POST = withRateLimitAndProblems(
  'changes',
  async (request, context: { params: Promise<{ uid: string }> }) => {
    const viewer = await readLinkViewer(request);
    if (!viewer.ok) return viewer.reply;
    const body = await readBody(request, cancelBodySchema);
    if (!body.ok) return body.reply;
    const { uid } = await context.params;
    const result = await cancelAppointments(viewer.value, { uid, ...body.value }, { now: Date.now() });
    return result.ok ? replyWithSeries(viewer.value, result.seriesId) : refusalResponse(result);
  },
);

export const { GET, PUT, PATCH, DELETE } = methodNotAllowedHandlers('POST');

import { methodNotAllowedHandlers, refusalProblem, withRateLimitAndProblems } from '@/app/api/v1/problems';
import { readBody, readViewer, replyWithSeries } from '@/app/api/v1/request';
import { moveBody } from '@/app/api/v1/schemas';
import { moveUnlessWithheld } from '@/db/care/withheld-massages';

export const POST = withRateLimitAndProblems(
  'changes',
  async (request, context: { params: Promise<{ uid: string }> }) => {
    const viewer = await readViewer(request);
    if (!viewer.ok) return viewer.reply;
    const body = await readBody(request, moveBody);
    if (!body.ok) return body.reply;
    const { uid } = await context.params;
    const { startsAt, therapist: therapistId, scope } = body.value;
    const result = await moveUnlessWithheld(viewer.value, { uid, startsAt, therapistId, scope }, { now: Date.now() });
    return result.ok ? replyWithSeries(viewer.value, result.seriesId) : refusalProblem(result);
  },
);

export const { GET, PUT, PATCH, DELETE } = methodNotAllowedHandlers('POST');

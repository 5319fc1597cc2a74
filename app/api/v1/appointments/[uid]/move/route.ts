import { onlyMethods, refuse, withProblems } from '@/app/api/v1/reply';
import { readBody, readViewer, replyWithSeries } from '@/app/api/v1/request';
import { moveBody } from '@/app/api/v1/schemas';
import { moveDates } from '@/db/care/withheld-massages';

export const POST = withProblems('changes', async (request, context: { params: Promise<{ uid: string }> }) => {
  const viewer = await readViewer(request);
  if (!viewer.ok) return viewer.reply;
  const body = await readBody(request, moveBody);
  if (!body.ok) return body.reply;
  const { uid } = await context.params;
  const { startsAt, therapist: therapistId, scope } = body.value;
  const result = await moveDates(viewer.value, { uid, startsAt, therapistId, scope }, { now: Date.now() });
  return result.ok ? replyWithSeries(viewer.value, result.seriesId) : refuse(result);
});

export const { GET, PUT, PATCH, DELETE } = onlyMethods('POST');

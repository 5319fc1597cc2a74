import { answering, notFound, only } from '@/app/api/v1/reply';
import { readUid, readViewer, replyWithSeries } from '@/app/api/v1/request';

export const GET = answering('reads', async (request, context: { params: Promise<{ uid: string }> }) => {
  const viewer = await readViewer(request);
  if (!viewer.ok) return viewer.reply;
  const uid = await readUid(context);
  return uid ? replyWithSeries(viewer.value, uid) : notFound();
});

export const { POST, PUT, PATCH, DELETE } = only('GET');

import { answering, busy, json, only } from '@/app/api/v1/reply';
import { tryWriting } from '@/db/operations/health';

export const GET = answering('reads', async () => {
  try {
    await tryWriting(Date.now());
  } catch (error) {
    return busy(error);
  }
  return json({ status: 'ok' });
});

export const { POST, PUT, PATCH, DELETE } = only('GET');

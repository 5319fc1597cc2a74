import { busy, json, onlyMethods, withProblems } from '@/app/api/v1/reply';
import { checkWritable } from '@/db/operations/health';

export const GET = withProblems('reads', async () => {
  try {
    await checkWritable(Date.now());
  } catch (error) {
    return busy(error);
  }
  return json({ status: 'ok' });
});

export const { POST, PUT, PATCH, DELETE } = onlyMethods('GET');

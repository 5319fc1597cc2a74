import { describeApi } from '@/app/api/v1/description';
import { json, onlyMethods, withProblems } from '@/app/api/v1/reply';

let described: Record<string, unknown> | undefined;

export const GET = withProblems('reads', async () => {
  described ??= describeApi();
  return json(described, 200, { 'Cache-Control': 'no-cache' });
});

export const { POST, PUT, PATCH, DELETE } = onlyMethods('GET');

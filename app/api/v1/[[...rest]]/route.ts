import { problemResponse, withRateLimitAndProblems } from '@/app/api/v1/problem-responses';

const nothing = withRateLimitAndProblems('reads', async () =>
  problemResponse('not_found', 'There is no such call. All of them are in /api/v1/openapi.json.'),
);

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };

import { afterEach, expect, it, vi } from 'vitest';
import { onRequestError } from './instrumentation';

afterEach(() => void vi.restoreAllMocks());

it('logs what broke a page under the number its reader is given, and neither key nor person', () => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  const failed = Object.assign(new Error('Failed query: select\nparams: Ana Costa'), { digest: '1234567890' });
  const key = 'k'.repeat(43);
  onRequestError(
    failed,
    { path: `/manage/${key}?uid=x`, method: 'GET', headers: { cookie: 'next-auth.session-token=secret' } },
    { routerKind: 'App Router', routePath: '/manage/[token]', routeType: 'render', revalidateReason: undefined },
  );
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    event: 'request_failed',
    method: 'GET',
    path: '/manage/[token]',
    digest: 1234567890,
  });
  expect(lines[0]).not.toMatch(/kkkk|secret|Ana/);
});

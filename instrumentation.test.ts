import { afterEach, expect, it, vi } from 'vitest';
import { logWhatOthersPrint, onRequestError } from './instrumentation';
import { lineOf } from './log';
import { processState } from './process-state';

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

it('tells the server how each fault is answered', () => {
  const { faults } = processState;
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const inDecoder =
    'SyntaxError: x\n    at JSON.parse (<anonymous>)\n    at tI (/a/next/dist/compiled/next-server/b.js:15:7)';
  const inNode = 'TypeError: x\n    at node:internal/deps/undici/undici:5817:27\n    at async /a/.next/server/c.js:1:2';
  const inOurs =
    'TypeError: x\n    at m (/a/.next/server/chunks/c.js:1:2)\n    at t (/a/next/dist/compiled/next-server/b.js:1:2)';
  const asked: [error: Error, method: string, status: number][] = [
    [Object.assign(new Error('held'), { name: 'DatabaseBusy' }), 'GET', 503],
    [new Error('Failed query', { cause: Object.assign(new Error(), { name: 'DatabaseBusy' }) }), 'POST', 503],
    [Object.assign(new Error('no form'), { name: 'Unreadable' }), 'POST', 400],
    [Object.assign(new Error(), { stack: inDecoder }), 'POST', 400],
    [Object.assign(new Error(), { stack: inNode }), 'POST', 400],
    [Object.assign(new Error(), { stack: inDecoder }), 'GET', 500],
    [Object.assign(new Error(), { stack: inOurs }), 'POST', 500],
    [new Error('of our own'), 'POST', 500],
  ];
  for (const [at, [error, method]] of asked.entries()) {
    onRequestError(
      error,
      { path: '/book', method, headers: { 'x-fortnight-request': String(at) } },
      { routerKind: 'App Router', routePath: '/book', routeType: 'action', revalidateReason: undefined },
    );
  }
  expect(asked.map((_, at) => faults.get(String(at))?.status)).toEqual(asked.map(([, , status]) => status));
});

it('writes what Next and the libraries print as lines of the log, and its own lines as they are', () => {
  const printed: string[] = [];
  const target = { error: (line: string) => void printed.push(line), warn: (line: string) => void printed.push(line) };
  logWhatOthersPrint(target);
  const own = lineOf('info', 'backup_made', {}, 0);
  target.error(own);
  (target.error as (...words: unknown[]) => void)(' \u2a2f', new Error('Mail to ana@example.org failed'));
  target.warn('\u26a0 Something is old');
  expect(printed[0]).toBe(own);
  expect(JSON.parse(printed[1]!)).toMatchObject({
    level: 'error',
    event: 'printed',
    said: expect.stringContaining('(address)'),
  });
  expect(JSON.parse(printed[2]!)).toMatchObject({ level: 'warn', event: 'printed' });
  expect(printed.join('')).not.toContain('ana@');
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireFormData } from './app/form-data';
import { onRequestError, redirectConsoleToLog } from './instrumentation';
import { formatLogLine } from './log';
import { processState } from './process-state';

afterEach(() => void vi.restoreAllMocks());

it('logs an error on a page under the number shown to its reader, without keys or personal data', () => {
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

describe('the status of an error', () => {
  const busy = Object.assign(new Error('held'), { name: 'DatabaseBusy' });
  const noForm = Object.assign(new Error('no form'), { name: 'Unreadable' });
  let requestCount = 0;

  function statusOf(
    error: Error,
    { method = 'POST', isRead = false, routeType = 'action' as 'action' | 'render' | 'route' | 'proxy' } = {},
  ) {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const number = `test-${++requestCount}`;
    processState.request.run({ isFormRead: false }, () => {
      if (isRead) requireFormData(new FormData());
      onRequestError(
        error,
        { path: '/book', method, headers: { 'x-fortnight-request': number } },
        { routerKind: 'App Router', routePath: '/book', routeType, revalidateReason: undefined },
      );
    });
    return processState.faults.get(number)?.status;
  }

  it('is 503 while the database is busy, whatever the request', () => {
    expect(statusOf(busy, { method: 'GET', routeType: 'render' })).toBe(503);
    expect(statusOf(new Error('Failed query', { cause: busy }), { isRead: true })).toBe(503);
    expect(statusOf(busy)).toBe(503);
  });

  it('is 400 where no action has read the form yet, with and without script', () => {
    expect(statusOf(new SyntaxError('Unexpected end of JSON input'))).toBe(400);
    expect(statusOf(new TypeError('Failed to parse body as FormData.'), { routeType: 'render' })).toBe(400);
  });

  it('is 400 where an action finds that the form is not one of ours', () => {
    expect(statusOf(noForm, { isRead: true })).toBe(400);
  });

  it('is 401 where the session of the sender of a form has ended', () => {
    expect(statusOf(Object.assign(new Error('no session'), { name: 'SignedOut' }), { isRead: true })).toBe(401);
  });

  it('is 500 once an action has read the form, even for the same kind of error', () => {
    expect(statusOf(new SyntaxError('Unexpected end of JSON input'), { isRead: true })).toBe(500);
    expect(statusOf(new Error('of our own'), { isRead: true, routeType: 'render' })).toBe(500);
  });

  it('is 500 where no form is expected: on a page that is read, in the API, and in the proxy', () => {
    expect(statusOf(new Error('of our own'), { method: 'GET', routeType: 'render' })).toBe(500);
    expect(statusOf(new SyntaxError('Unexpected end of JSON input'), { routeType: 'route' })).toBe(500);
    expect(statusOf(new Error('of our own'), { routeType: 'proxy' })).toBe(500);
  });
});

it('turns what Next and libraries print into log lines, and leaves our own log lines unchanged', () => {
  const printed: string[] = [];
  const otherLines: string[] = [];
  const print = (line: string) => void otherLines.push(line);
  const target = { error: (line: string) => void printed.push(line), warn: print, info: print, log: print };
  redirectConsoleToLog(target);
  const own = formatLogLine('info', 'backup_made', {}, 0);
  target.error(own);
  (target.error as (...words: unknown[]) => void)(' \u2a2f', new Error('Mail to ana@example.org failed'));
  target.warn('\u26a0 Something is old');
  expect(printed[0]).toBe(own);
  expect(JSON.parse(printed[1]!)).toMatchObject({
    level: 'error',
    event: 'printed',
    message: expect.stringContaining('(address)'),
  });
  expect(JSON.parse(printed[2]!)).toMatchObject({ level: 'warn', event: 'printed' });
  expect(printed.join('')).not.toContain('ana@');
  target.log('\u001b[32m✓\u001b[39m Running next.config.js took 3ms');
  target.info('');
  expect(printed).toHaveLength(4);
  expect(JSON.parse(printed[3]!)).toMatchObject({ level: 'info', message: '✓ Running next.config.js took 3ms' });
  expect(otherLines).toEqual([]);
});

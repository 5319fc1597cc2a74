import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ACTION_TIMEOUT_MS, addActionTimeoutToFetch } from './action-timeout';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Never answers, but can be aborted like a browser's fetch. */
const unanswered: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
const isOver = (response: Promise<Response>) => {
  const state = { over: null as unknown };
  response.catch((error) => {
    state.over = error;
  });
  return state;
};

it('ends an action without an answer, and not before its time', async () => {
  const state = isOver(
    addActionTimeoutToFetch(unanswered)('/book', { method: 'POST', headers: { 'Next-Action': 'a' } }),
  );
  await vi.advanceTimersByTimeAsync(ACTION_TIMEOUT_MS - 1);
  expect(state.over).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(state.over).toMatchObject({ name: 'TimeoutError' });
});

it('does not end other requests', async () => {
  const state = isOver(addActionTimeoutToFetch(unanswered)('/book', { headers: { RSC: '1' } }));
  await vi.advanceTimersByTimeAsync(10 * ACTION_TIMEOUT_MS);
  expect(state.over).toBeNull();
});

it('passes on an answer that came in time', async () => {
  const answer = new Response('done');
  const response = addActionTimeoutToFetch(async () => answer)('/book', { headers: { 'next-action': 'a' } });
  expect(await response).toBe(answer);
  await vi.advanceTimersByTimeAsync(ACTION_TIMEOUT_MS);
  expect(await answer.text()).toBe('done');
});

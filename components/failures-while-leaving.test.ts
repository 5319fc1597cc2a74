import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdFailuresWhileLeaving, LEAVING_MS } from './failures-while-leaving';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failing: typeof fetch = async () => {
  throw new TypeError('NetworkError');
};
const isOver = (response: Promise<Response>) => {
  const state = { over: null as unknown };
  response.catch((error) => {
    state.over = error;
  });
  return state;
};

it('says at once what failed on a page that stays', async () => {
  const state = isOver(holdFailuresWhileLeaving(failing, () => false)('/practice/clients?q=an'));
  await vi.advanceTimersByTimeAsync(0);
  expect(state.over).toBeInstanceOf(TypeError);
});

it('says what failed while the page is left only where it stays after all', async () => {
  const state = isOver(holdFailuresWhileLeaving(failing, () => true)('/practice/clients?q=an'));
  await vi.advanceTimersByTimeAsync(LEAVING_MS - 1);
  expect(state.over).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(state.over).toBeInstanceOf(TypeError);
});

it('passes on an answer', async () => {
  const answer = new Response('done');
  expect(
    await holdFailuresWhileLeaving(
      async () => answer,
      () => true,
    )('/practice/clients?q=an'),
  ).toBe(answer);
});

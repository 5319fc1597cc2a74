// Next sends one action after another, and no request of its own ever ends by itself: while one hangs, no form of the
// page could be sent again. Here every request of an action ends after a while, with a TimeoutError.

export const ACTION_TIMEOUT_MS = 20_000;

/** The same `fetch`, which gives up an action's request, or the rest of its answer, that has not come in time. */
export function addActionTimeoutToFetch(send: typeof fetch): typeof fetch {
  return (input, init) => {
    if (!new Headers(init?.headers).has('next-action')) return send(input, init);
    // Not AbortSignal.timeout, whose clock no test can put forward. What has been answered is not ended by it.
    const end = new AbortController();
    setTimeout(() => end.abort(new DOMException('No answer in time', 'TimeoutError')), ACTION_TIMEOUT_MS);
    return send(input, { ...init, signal: end.signal });
  };
}

// Next sends one action after another, and its requests never time out: while one hangs, no form of the page could be
// sent again. Here every request of an action ends after a while with a TimeoutError.

export const ACTION_TIMEOUT_MS = 20_000;

/** The same `fetch`, but an action's request ends if the answer, or the rest of it, does not come in time. */
export function addActionTimeoutToFetch(send: typeof fetch): typeof fetch {
  return (input, init) => {
    if (!new Headers(init?.headers).has('next-action')) return send(input, init);
    // Not AbortSignal.timeout, whose clock a test cannot advance. Aborting has no effect on a finished answer.
    const end = new AbortController();
    setTimeout(() => end.abort(new DOMException('No answer in time', 'TimeoutError')), ACTION_TIMEOUT_MS);
    return send(input, { ...init, signal: end.signal });
  };
}

// Firefox ends what a page is loading as soon as somebody follows a link to another page. Next answers a failed load by
// going to the page that it was to load: that would take the place of the link, and the press would be lost.

/** Where the page is still there after so long, it was not left: the link led to a file, or somebody stopped it. */
export const LEAVING_MS = 10_000;

/** The same `fetch`, but what fails while the page is being left fails only after a while. */
export function holdFailuresWhileLeaving(send: typeof fetch, isLeaving: () => boolean): typeof fetch {
  return async (input, init) => {
    try {
      return await send(input, init);
    } catch (error) {
      if (isLeaving()) await new Promise((go) => setTimeout(go, LEAVING_MS));
      throw error;
    }
  };
}

let isInstalled = false;

/** For components that load a page without a press: while somebody types, or when somebody else has changed something. */
export function keepPressesWhileLoading(): void {
  if (isInstalled || typeof window === 'undefined') return;
  isInstalled = true;
  let leftAt = Number.NEGATIVE_INFINITY;
  window.addEventListener('beforeunload', () => {
    leftAt = performance.now();
  });
  window.fetch = holdFailuresWhileLeaving(window.fetch, () => performance.now() - leftAt < LEAVING_MS);
}

import { useState, useSyncExternalStore } from 'react';

// A page of times has hundreds of links that nothing but the browser itself has to know. To run over each of them again,
// for React to find them as it would have drawn them, is what a phone waits longest for.

/**
 * What an element that came with the page is given in place of its children: its HTML stays as it was sent, and React
 * does not look into it. It must be this very object, for another one would be written into the page.
 */
export const AS_SENT = { __html: '' };

/**
 * Whether what is `shown` came with the page and is taken over now. False on the server, and for what is drawn in the
 * browser later: that is drawn anew, and needs another `key`, for React does not know what stands in the first.
 */
export function useAsSent(shown: object): boolean {
  const isTakenOver = useSyncExternalStore(subscribeToNothing, inBrowser, beforeTakenOver);
  const [first] = useState({ isTakenOver, shown });
  return first.isTakenOver && first.shown === shown;
}

const subscribeToNothing = () => () => {};
const inBrowser = () => false;
const beforeTakenOver = () => typeof window !== 'undefined';

import { useState, useSyncExternalStore } from 'react';

// A page of times has hundreds of links that only the browser itself needs to know. Letting React hydrate each of them
// is what a phone would wait longest for.

/**
 * Given to an element that came with the page, in place of its children: its HTML stays as the server sent it, and
 * React does not look into it. It must be this very object, because React would write another one into the page.
 */
export const AS_SENT = { __html: '' };

/**
 * Whether `shown` came with the page and is being hydrated now. False on the server, and for what the browser draws
 * later: that needs another `key`, because React does not know the HTML inside the first element.
 */
export function useAsSent(shown: object): boolean {
  const isTakenOver = useSyncExternalStore(subscribeToNothing, inBrowser, beforeTakenOver);
  const [first] = useState({ isTakenOver, shown });
  return first.isTakenOver && first.shown === shown;
}

const subscribeToNothing = () => () => {};
const inBrowser = () => false;
const beforeTakenOver = () => typeof window !== 'undefined';

import { useSyncExternalStore } from 'react';

// A score a reader notes beside an answer. It stays in this tab: in no address, no cookie and no request, until its
// reader sends it with a booking.

const keyOf = (slug: string) => `score:${slug}`;
const never = () => () => {};

/** What was noted in this tab, "" for nothing; "" on the server. */
export function useNotedScore(slug: string | null): string {
  return useSyncExternalStore(
    never,
    () => (slug ? readScore(slug) : ''),
    () => '',
  );
}

function readScore(slug: string): string {
  try {
    return sessionStorage.getItem(keyOf(slug)) ?? '';
  } catch {
    return ''; // a browser that keeps nothing
  }
}

export function noteScore(slug: string, score: string): void {
  try {
    if (score) sessionStorage.setItem(keyOf(slug), score);
    else sessionStorage.removeItem(keyOf(slug));
  } catch {
    // Then it is asked again when booking.
  }
}

import { type RefObject, useLayoutEffect, useRef } from 'react';

// A score a reader notes beside an answer. It stays in this tab: in no address, no cookie and no request, until its
// reader sends it with a booking.

const keyOf = (slug: string) => `score:${slug}`;

/**
 * Offers what was noted in this tab. The fields are there before their script: a score chosen until then stands in
 * them, and is noted in place of the older one. Gives back the ref of what holds the scale.
 */
export function useNotedScore(slug: string | null): RefObject<HTMLDivElement | null> {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const scores = [...(holder.current?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])];
    if (!slug || scores.length === 0) return;
    const chosen = scores.find(({ checked }) => checked)?.value;
    if (chosen) return noteScore(slug, chosen);
    const noted = readScore(slug);
    const offered = scores.find(({ value }) => value === noted);
    if (offered) offered.checked = true;
  }, [slug]);
  return holder;
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

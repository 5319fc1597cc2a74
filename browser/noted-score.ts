// A score that a reader notes on a question page. It stays in this browser tab, and in no address, cookie or request,
// until the reader sends it with a booking.

const key = (slug: string) => `score:${slug}`;

/**
 * Restores the radio button inside `scale` that was chosen in this tab for the question `slug`. A score that was chosen
 * before this script loaded replaces the older one.
 */
export function restoreScoreFromTab(scale: HTMLElement, slug: string): void {
  const scores = [...scale.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const chosen = scores.find(({ checked }) => checked)?.value;
  if (chosen) {
    storeScoreInTab(slug, chosen);
    return;
  }
  const noted = readScore(slug);
  // "Skip" is left for the reader to choose.
  const offered = noted && scores.find(({ value }) => value === noted);
  if (offered) offered.checked = true;
}

/** `score`: from "0" to "10", or "" for none. */
export function storeScoreInTab(slug: string, score: string): void {
  try {
    if (score) sessionStorage.setItem(key(slug), score);
    else sessionStorage.removeItem(key(slug));
  } catch {
    // Browser without storage: the booking asks for the score again.
  }
}

function readScore(slug: string): string {
  try {
    return sessionStorage.getItem(key(slug)) ?? '';
  } catch {
    return '';
  }
}

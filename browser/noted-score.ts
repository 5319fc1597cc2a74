// A score that a reader notes beside an answer. It stays in this tab: in no address, no cookie and no request, until
// its reader sends it with a booking.

const key = (slug: string) => `score:${slug}`;

/**
 * Chooses among the radio buttons inside `scale` what was noted in this tab for the question `slug`. A score that was
 * pressed before this script came is noted in place of the older one.
 */
export function restoreScoreFromTab(scale: HTMLElement, slug: string): void {
  const scores = [...scale.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const chosen = scores.find(({ checked }) => checked)?.value;
  if (chosen) {
    storeScoreInTab(slug, chosen);
    return;
  }
  const noted = readScore(slug);
  // "Skip" is for its reader to choose.
  const offered = noted && scores.find(({ value }) => value === noted);
  if (offered) offered.checked = true;
}

/** `score`: from "0" to "10", or "" for none. */
export function storeScoreInTab(slug: string, score: string): void {
  try {
    if (score) sessionStorage.setItem(key(slug), score);
    else sessionStorage.removeItem(key(slug));
  } catch {
    // A browser that stores nothing. The booking asks again.
  }
}

function readScore(slug: string): string {
  try {
    return sessionStorage.getItem(key(slug)) ?? '';
  } catch {
    return '';
  }
}

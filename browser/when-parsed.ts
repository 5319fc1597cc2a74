/** Runs `start` once the whole page is there: a script that loads at any time may be faster than its page. */
export function whenParsed(start: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}

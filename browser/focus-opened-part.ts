/**
 * Moves focus to what a page was opened for (components/focus-on-opening.tsx), where a screen reader then begins. It
 * stays where the reader has moved it meanwhile.
 */
export function focusOpenedPart(): void {
  const part = document.querySelector<HTMLElement>('[data-takes-focus]');
  if (!part || document.activeElement !== document.body) return;
  if (part.dataset.takesFocus === 'unless-hash' && location.hash !== '') return;
  part.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  // A framework that starts later leaves the focus to the reader.
  delete part.dataset.takesFocus;
}

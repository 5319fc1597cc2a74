/**
 * Moves focus to the heading of a page that was reached by choosing something: a screen reader then begins there. It
 * stays where the reader moved it meanwhile, and where the address leads to a place on the page.
 */
export function focusHeading(): void {
  if (document.activeElement !== document.body || location.hash !== '') return;
  document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus();
}

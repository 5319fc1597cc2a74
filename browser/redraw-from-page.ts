import { Idiomorph } from 'idiomorph';

let request = new AbortController();

/**
 * Fetches a page of this site, and changes a part of this page, by id, to what it is on that one. Elements that stay the
 * same stay in the document, with focus and what is being typed. Resolves to the changed part; to null where no such
 * page came; to undefined where a later call has begun. The last two change nothing.
 */
export async function redrawFromPage(address: string, id: string): Promise<HTMLElement | null | undefined> {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const html = await fetch(address, { signal, headers: { Accept: 'text/html' } })
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);
  if (signal.aborted) return undefined;
  const page = new DOMParser().parseFromString(html ?? '', 'text/html');
  const [part, drawn] = [document.getElementById(id), page.getElementById(id)];
  if (!part || !drawn) return null;
  // The style of a page holds only the rules that it needs (server/page-styles.ts).
  const style = page.getElementById('page-style');
  if (style) document.getElementById('page-style')?.replaceChildren(...style.childNodes);
  const { activeElement } = document;
  const isTyping = activeElement instanceof HTMLInputElement && activeElement.type === 'text';
  // The value of a radio is which one it is, and always follows the page.
  Idiomorph.morph(part, drawn, { ignoreActiveValue: isTyping });
  return part;
}

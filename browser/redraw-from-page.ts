import { Idiomorph } from 'idiomorph';

let request = new AbortController();

/**
 * Fetches a page of this site, and changes parts of this page, by id, to what they are on that one. Elements that stay
 * the same stay in the document, with focus and what is being typed. Resolves to null, with nothing changed, if a later
 * call has begun or no page came; this page still works as it is.
 */
export async function redrawFromPage(address: string, ids: string[]): Promise<Document | null> {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const html = await fetch(address, { signal, headers: { Accept: 'text/html' } })
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);
  if (html === null || signal.aborted) return null;
  const page = new DOMParser().parseFromString(html, 'text/html');
  // The style of a page holds only the rules that it needs (server/page-styles.ts).
  const style = page.getElementById('page-style');
  if (style) document.getElementById('page-style')?.replaceChildren(...style.childNodes);
  for (const id of ids) {
    const [old, drawn] = [document.getElementById(id), page.getElementById(id)];
    if (old && drawn) Idiomorph.morph(old, drawn, { ignoreActiveValue: true });
  }
  return page;
}

// A search form whose answers come while one types: the page that the form leads to is fetched, and what it says of the
// search replaces what is shown.

const PAUSE_MS = 200;
/** What the answer to a search changes on the page, by id. The first is read aloud; the last is server/page-styles.ts. */
const REPLACED = ['search-status', 'search-results', 'page-style'];

export function searchAsOneTypes(form: HTMLFormElement): void {
  let pause = 0;
  let request = new AbortController();

  form.addEventListener('input', () => {
    clearTimeout(pause);
    // Without an answer the button still leads to one.
    pause = window.setTimeout(() => search().catch(() => {}), PAUSE_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search().catch(() => form.submit());
  });

  async function search(): Promise<void> {
    clearTimeout(pause);
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const words = String(new FormData(form).get('q') ?? '').trim();
    const address = words ? `${form.action}?q=${encodeURIComponent(words)}` : form.action;
    const found = await fetch(address, { signal })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .catch((reason) => (signal.aborted ? null : Promise.reject(reason)));
    if (found === null || signal.aborted) return; // a later search has begun
    const page = new DOMParser().parseFromString(found, 'text/html');
    for (const id of REPLACED) {
      const parts = page.getElementById(id)?.childNodes;
      if (parts) document.getElementById(id)?.replaceChildren(...parts);
    }
    history.replaceState(null, '', address);
  }
}

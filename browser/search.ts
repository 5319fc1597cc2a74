// A search form with results while the reader types: it fetches the form's target page and replaces what is shown with
// that page's results.

const PAUSE_MS = 200;
/**
 * The parts of the page that results replace, by id. The first is announced by screen readers; the last is from
 * server/page-styles.ts.
 */
const REPLACED = ['search-status', 'search-results', 'page-style'];

export function searchAsOneTypes(form: HTMLFormElement): void {
  let pause = 0;
  let request = new AbortController();

  form.addEventListener('input', () => {
    clearTimeout(pause);
    // If this fails, the form's button still works.
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

/**
 * A form is sent once however often its button is pressed, and not at all while the browser is offline: it would leave
 * for an error page. Its notice about that, hidden until then, gets the focus.
 */
export function guardSending(form: HTMLFormElement): void {
  let isSending = false;
  form.addEventListener('submit', (event) => {
    const notice = form.querySelector<HTMLElement>('[data-offline]');
    if (notice) notice.hidden = navigator.onLine;
    if (isSending || !navigator.onLine) event.preventDefault();
    else isSending = true;
    if (!navigator.onLine) notice?.focus();
  });
  // Back from the next page.
  window.addEventListener('pageshow', () => {
    isSending = false;
  });
}

// The form of a plan shows what each choice leads to: prices, who gives it, how it begins, the plan in words. The server
// knows that, so after each change the form is drawn anew from its page. Without this script its buttons do the same.
import { redrawFromPage } from './redraw-from-page.ts';
import { whenParsed } from './when-parsed.ts';

const FORM = 'plan-form';
/** Whoever presses a button several times asks the server once. */
const PAUSE_MS = 150;

whenParsed(() => {
  const form = document.getElementById(FORM);
  if (!(form instanceof HTMLFormElement)) return;
  let pause = 0;
  form.addEventListener('change', () => redraw(form));
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.name !== 'more') return;
    event.preventDefault();
    addSessions(form, Number(submitter.value));
    clearTimeout(pause);
    pause = window.setTimeout(() => redraw(form), PAUSE_MS);
  });
  // Changed before this script had loaded, or restored by the browser.
  if (isChanged(form)) redraw(form);
});

async function redraw(form: HTMLFormElement): Promise<void> {
  const words = document.getElementById('plan-in-words');
  words?.setAttribute('aria-busy', 'true');
  const choices = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, `${value}`]));
  const drawn = await redrawFromPage(`${form.action}?${choices}`, FORM);
  if (drawn === undefined) return;
  words?.removeAttribute('aria-busy');
  // Coming back to this page restores the choices.
  if (drawn?.dataset.address) history.replaceState(history.state, '', drawn.dataset.address);
  // The price that stands there is not of what is chosen now.
  else if (words) words.textContent = words.dataset.unknown ?? '';
}

/** Shown at once, before the form is drawn anew. */
function addSessions(form: HTMLFormElement, more: number): void {
  const field = form.elements.namedItem('sessions');
  if (!(field instanceof HTMLInputElement)) return;
  const sessions = (Number.parseInt(field.value, 10) || 0) + more;
  field.value = `${Math.min(Math.max(sessions, 1), Number(field.dataset.most))}`;
}

function isChanged(form: HTMLFormElement): boolean {
  const fields = [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')];
  return fields.some(
    ({ type, value, defaultValue, checked, defaultChecked }) =>
      (type !== 'radio' && value !== defaultValue) || checked !== defaultChecked,
  );
}

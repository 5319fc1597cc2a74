// The dates of a plan: its heading, its total and its button follow what is chosen for each date. The choices are part of
// the address, for a reload or the way back to this page; the server draws what follows from them.
import { focusOpenedPart } from './focus-opened-part.ts';
import { guardSending } from './guard-sending.ts';
import { redrawFromPage } from './redraw-from-page.ts';
import { showVisitorClock } from './visitor-clock.ts';
import { whenParsed } from './when-parsed.ts';

const FOLLOWING = ['dates-heading', 'dates-total'];

whenParsed(() => {
  showVisitorClock();
  focusOpenedPart();
  const form = document.getElementById('dates-form');
  if (!(form instanceof HTMLFormElement)) return;
  guardSending(form);
  form.addEventListener('change', () => follow(form));
  // Chosen before this script had loaded, or restored by the browser.
  if (listChoices(form).some(({ checked, defaultChecked }) => checked !== defaultChecked)) follow(form);
});

async function follow(form: HTMLFormElement): Promise<void> {
  const url = new URL(location.href);
  const { searchParams } = url;
  const choices = listChoices(form);
  for (const { name } of choices) searchParams.delete(name);
  // What is offered first for a clash is not chosen yet.
  for (const { name, value, checked, defaultChecked } of choices)
    if (checked && !defaultChecked) searchParams.set(name, value);
  searchParams.delete('lost');
  const address = `${url.pathname}${url.search.replace(/%(2C|3A|40)/g, decodeURIComponent)}`;
  history.replaceState(history.state, '', address);
  await redrawFromPage(address, FOLLOWING);
}

/** The radios of dates that clash, and the boxes that skip one; a settled date has a hidden field instead. */
function listChoices(form: HTMLFormElement): HTMLInputElement[] {
  const fields = form.querySelectorAll<HTMLInputElement>('input:is([type=radio], [type=checkbox])');
  return [...fields].filter(({ name }) => /^d\d+$/.test(name));
}

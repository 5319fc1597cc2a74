import { type RefObject, useEffect, useState } from 'react';
import type { DateRow } from './date-rows';

/**
 * The dates with the repairs currently chosen in the form around `own`. With `isInAddress` the address keeps them for a
 * reload or the way back to this page.
 */
export function useChosenRepairs(
  own: RefObject<HTMLElement | null>,
  rows: DateRow[],
  { isInAddress = false }: { isInAddress?: boolean } = {},
): DateRow[] {
  const [picks, setPicks] = useState<Record<number, string>>({});
  useEffect(() => {
    const form = own.current?.closest('form');
    if (!form) return;
    const read = () => setPicks(readPicks(form, rows));
    const choose = () => {
      read();
      if (isInAddress) keepInAddress(rows, readPicks(form, rows));
    };
    // Choices made before this script had loaded are newer than those in the address.
    if (isChosenAlready(form)) choose();
    else {
      if (isInAddress) restoreFromAddress(form, rows);
      read();
    }
    form.addEventListener('change', choose);
    return () => form.removeEventListener('change', choose);
  }, [own, rows, isInAddress]);
  return rows.map((row) => ({ ...row, pick: picks[row.position] ?? row.pick }));
}

/** Whether any choice differs from the form as it was sent. */
function isChosenAlready(form: HTMLFormElement): boolean {
  const choices = form.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]');
  return [...choices].some(({ checked, defaultChecked }) => checked !== defaultChecked);
}

function readPicks(form: HTMLFormElement, rows: DateRow[]): Record<number, string> {
  const fields = new FormData(form);
  return Object.fromEntries(
    rows.flatMap(({ position }) => {
      const pick = fields.get(`d${position}`);
      return typeof pick === 'string' ? [[position, pick]] : [];
    }),
  );
}

/** Going back in the browser draws the page as it was first sent; later choices are restored from its address. */
function restoreFromAddress(form: HTMLFormElement, rows: DateRow[]): void {
  const params = new URL(window.location.href).searchParams;
  for (const { position } of rows.filter(({ state }) => state === 'clash' || state === 'free')) {
    const choices = form.querySelectorAll<HTMLInputElement>(`input:not([type=hidden])[name=d${position}]`);
    const chosen = [...choices].find(({ value }) => value === params.get(`d${position}`));
    if (chosen) chosen.checked = true;
  }
}

/** Writes the choices to the address, for a reload or the way back to this page. */
function keepInAddress(rows: DateRow[], picks: Record<number, string>): void {
  const url = new URL(window.location.href);
  for (const { position } of rows) {
    const pick = picks[position];
    if (pick) url.searchParams.set(`d${position}`, pick);
    else url.searchParams.delete(`d${position}`);
  }
  url.searchParams.delete('lost');
  window.history.replaceState(window.history.state, '', url.search.replace(/%(2C|3A|40)/g, decodeURIComponent));
}

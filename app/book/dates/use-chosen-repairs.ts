import { type RefObject, useEffect, useState } from 'react';
import type { DateRow } from './date-rows';

/**
 * The dates with the repairs currently chosen in the form around `own`.
 */
export function useChosenRepairs(own: RefObject<HTMLElement | null>, rows: DateRow[]): DateRow[] {
  const [picks, setPicks] = useState<Record<number, string>>({});
  useEffect(() => {
    const form = own.current?.closest('form');
    if (!form) return;
    const read = () => setPicks(readPicks(form, rows));
    read();
    form.addEventListener('change', read);
    return () => form.removeEventListener('change', read);
  }, [own, rows]);
  return rows.map((row) => ({ ...row, pick: picks[row.position] ?? row.pick }));
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

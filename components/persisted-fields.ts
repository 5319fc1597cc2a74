'use client';

import { type RefObject, useEffect, useLayoutEffect } from 'react';

// What is typed in a long form survives a reload, and a visit to another page. It stays in this browser tab, and in no
// address, cookie or request, until the reader sends it.

type StoredFields = Record<string, string>;

/**
 * Stores the text fields and radios called `names` under `key`, and fills in empty ones when the form is shown again.
 */
export function usePersistedFields(
  form: RefObject<HTMLFormElement | null>,
  key: string,
  names: readonly string[],
): void {
  useLayoutEffect(() => {
    const stored = read(key);
    for (const { name, control } of fieldsOf(form.current, names)) {
      // What was typed before this script loaded is newer.
      if (isAsDrawn(control) && stored[name]) control.value = stored[name];
    }
  }, [form, key, names]);

  useEffect(() => {
    const own = form.current;
    if (!own) return;
    const store = () =>
      write(key, Object.fromEntries(fieldsOf(own, names).map(({ name, control }) => [name, control.value])));
    own.addEventListener('input', store);
    store();
    return () => own.removeEventListener('input', store);
  }, [form, key, names]);
}

/** For the page that confirms that the form was sent. */
export function ClearPersistedFields({ name }: { name: string }) {
  useEffect(() => write(name, null), [name]);
  return null;
}

function fieldsOf(form: HTMLFormElement | null, names: readonly string[]) {
  return names.flatMap((name) => {
    const field = form?.elements.namedItem(name);
    const isTextOrRadio =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof RadioNodeList;
    return isTextOrRadio ? [{ name, control: field }] : [];
  });
}

/** Whether the field is as the page rendered it: nothing typed, and no other radio chosen. */
function isAsDrawn(field: HTMLInputElement | HTMLTextAreaElement | RadioNodeList): boolean {
  if (!(field instanceof RadioNodeList)) return field.value === '';
  return [...field].every((radio) => radio instanceof HTMLInputElement && radio.checked === radio.defaultChecked);
}

function read(key: string): StoredFields {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    const entries = typeof stored === 'object' && stored ? Object.entries(stored) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

function write(key: string, stored: StoredFields | null): void {
  try {
    if (stored && Object.values(stored).some(Boolean)) sessionStorage.setItem(key, JSON.stringify(stored));
    else sessionStorage.removeItem(key);
  } catch {
    // Browser without storage: nothing is stored.
  }
}

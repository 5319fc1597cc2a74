'use client';

import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { listStorableFields, readStoredFields, storeFields, writeStoredFields } from '@/browser/stored-fields';

// What is typed in a long form survives a reload, and a visit to another page.

/**
 * Stores the text fields and radios called `names` under `key`, and fills in empty ones when the form is shown again.
 */
export function usePersistedFields(
  form: RefObject<HTMLFormElement | null>,
  key: string,
  names: readonly string[],
): void {
  useLayoutEffect(() => {
    const stored = readStoredFields(key);
    for (const { name, control } of listStorableFields(form.current, names)) {
      // What was typed before this script loaded is newer.
      if (isAsDrawn(control) && stored[name]) control.value = stored[name];
    }
  }, [form, key, names]);

  useEffect(() => {
    const own = form.current;
    if (!own) return;
    const store = () => storeFields(key, own, names);
    own.addEventListener('input', store);
    store();
    return () => own.removeEventListener('input', store);
  }, [form, key, names]);
}

/** For the page that confirms that the form was sent. */
export function ClearPersistedFields({ name }: { name: string }) {
  useEffect(() => writeStoredFields(name, null), [name]);
  return null;
}

/** Whether the field is as the page rendered it: nothing typed, and no other radio chosen. */
function isAsDrawn(field: HTMLInputElement | HTMLTextAreaElement | RadioNodeList): boolean {
  if (!(field instanceof RadioNodeList)) return field.value === '';
  return [...field].every((radio) => radio instanceof HTMLInputElement && radio.checked === radio.defaultChecked);
}

'use client';

import { type RefObject, useEffect, useLayoutEffect } from 'react';

// What is typed in a long form outlives a reload, and a look at another page. It stays in this tab: in no address, no
// cookie and no request, until its reader sends it.

type Kept = Record<string, string>;

/** Keeps the text fields called `names` under `key`, and fills in those that are empty when the form comes back. */
export function usePersistedFields(
  form: RefObject<HTMLFormElement | null>,
  key: string,
  names: readonly string[],
): void {
  useLayoutEffect(() => {
    const kept = read(key);
    for (const field of fieldsOf(form.current, names)) {
      // What was typed before this script came is newer.
      if (field.value === '') field.value = kept[field.name] ?? '';
    }
  }, [form, key, names]);

  useEffect(() => {
    const own = form.current;
    if (!own) return;
    const keep = () => write(key, Object.fromEntries(fieldsOf(own, names).map(({ name, value }) => [name, value])));
    own.addEventListener('input', keep);
    keep();
    return () => own.removeEventListener('input', keep);
  }, [form, key, names]);
}

/** Stands on the page that says the form was sent for good. */
export function ClearPersistedFields({ name }: { name: string }) {
  useEffect(() => write(name, null), [name]);
  return null;
}

function fieldsOf(form: HTMLFormElement | null, names: readonly string[]) {
  return names.flatMap((name) => {
    const field = form?.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? [field] : [];
  });
}

function read(key: string): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    const entries = typeof kept === 'object' && kept ? Object.entries(kept) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

function write(key: string, kept: Kept | null): void {
  try {
    if (kept && Object.values(kept).some(Boolean)) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that stores nothing. The form is asked for again.
  }
}

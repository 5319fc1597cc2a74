// What is typed in a long form stays in this browser tab, and in no address, cookie or request, until the reader sends
// it.

type StoredFields = Record<string, string>;
type Control = HTMLInputElement | HTMLTextAreaElement | RadioNodeList;

/** The text fields and radios of a form that have these names. */
export function listStorableFields(form: HTMLFormElement | null, names: readonly string[]) {
  return names.flatMap((name): { name: string; control: Control }[] => {
    const field = form?.elements.namedItem(name);
    const isTextOrRadio =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof RadioNodeList;
    return isTextOrRadio ? [{ name, control: field }] : [];
  });
}

/** Stores the current values of these fields under `key`. */
export function storeFields(key: string, form: HTMLFormElement, names: readonly string[]): void {
  const values = listStorableFields(form, names).map(({ name, control }) => [name, control.value]);
  writeStoredFields(key, Object.fromEntries(values));
}

export function readStoredFields(key: string): StoredFields {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    const entries = typeof stored === 'object' && stored ? Object.entries(stored) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

/** Null, or only empty values, removes what was stored. */
export function writeStoredFields(key: string, stored: StoredFields | null): void {
  try {
    if (stored && Object.values(stored).some(Boolean)) sessionStorage.setItem(key, JSON.stringify(stored));
    else sessionStorage.removeItem(key);
  } catch {
    // Browser without storage: nothing is stored.
  }
}

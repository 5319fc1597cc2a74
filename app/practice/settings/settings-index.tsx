'use client';

import { useEffect, useRef, useState } from 'react';
import { type SettingsGroup, searchSettings } from './search-settings';

/** How many groups, from the first on, are in the left of the two columns. */
const ON_THE_LEFT = 2;

/**
 * All settings in two columns. Without script the search loads the page again; with script, rows disappear as one
 * types.
 */
export function SettingsIndex({ groups, searchWords: requested }: { groups: SettingsGroup[]; searchWords: string }) {
  const [words, setWords] = useState(requested);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // Takes over what was typed before the script had loaded.
    setWords(field.current?.value ?? '');
    const focusField = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select')) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', focusField);
    return () => document.removeEventListener('keydown', focusField);
  }, []);

  const found = searchSettings(groups, words);
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const columns = [found.slice(0, ON_THE_LEFT), found.slice(ON_THE_LEFT)];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8 wide:py-10">
        <h1 className="text-[1.75rem]! leading-[2.125rem]! wide:text-[2.25rem]! wide:leading-11!">Settings</h1>
        <search className="w-full wide:w-70">
          <form action="/practice/settings" className="relative">
            <label htmlFor="find" className="sr-only">
              Find a setting
            </label>
            <input
              ref={field}
              id="find"
              name="find"
              type="search"
              defaultValue={requested}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || words === '') return;
                event.preventDefault();
                event.currentTarget.value = '';
                setWords('');
              }}
              placeholder="Find a setting"
              maxLength={100}
              autoComplete="off"
              enterKeyHint="search"
              aria-keyshortcuts="/"
              className="peer min-h-11 w-full rounded border border-edge bg-sheet px-3.5 py-2 text-[0.9375rem] text-ink placeholder:text-soft"
            />
            <span
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 rounded border border-line px-1.5 text-tiny text-soft peer-focus:hidden peer-[:not(:placeholder-shown)]:hidden max-wide:hidden"
            >
              /
            </span>
          </form>
        </search>
      </div>
      <p role="status" className={count === 0 ? 'pb-14' : 'sr-only'}>
        {count === 0
          ? 'No setting is called that. Try another word, or empty the field to see them all.'
          : words.trim() && (count === 1 ? 'One setting' : `${count} settings`)}
      </p>
      <div className="grid gap-x-18 wide:grid-cols-2 wide:items-start">
        {columns.map((column, side) => (
          <div key={side === 0 ? 'left' : 'right'} className="grid min-w-0">
            {column.map((group) => (
              <Group key={group.title} group={group} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function Group({ group: { title, rows } }: { group: SettingsGroup }) {
  if (rows.length === 0) return null;
  return (
    <section className="pb-9">
      <h2 className="border-b border-ink pb-3 font-sans! text-[0.9375rem]! leading-5! font-[550]!">{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.href} className="border-b border-line">
            <a href={row.href} className="group flex items-center gap-4 py-3 text-ink no-underline hover:text-ink">
              <span className="min-w-0 flex-1">
                <span className="block font-serif text-[1.0625rem] leading-6 font-[550] group-hover:underline">
                  {row.title}
                </span>
                <span className="block text-small text-soft wrap-anywhere">{row.summary}</span>
              </span>
              <svg width="8" height="14" viewBox="0 0 8 14" aria-hidden="true" className="flex-none text-soft">
                <path d="M1 1l6 6-6 6" fill="none" stroke="currentColor" strokeWidth="1.6" />
              </svg>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useTransition } from 'react';
import { Button } from '@/components/button';
import { keepPressesWhileLoading } from '@/components/failures-while-leaving';

const PAUSE_MS = 150;

keepPressesWhileLoading();

/**
 * An ordinary form without script. With script the list follows while somebody types, and always shows the result of
 * the latest search, in whatever order the answers come.
 */
export function ClientSearchForm({ words, hint }: { words: string; hint: string }) {
  const router = useRouter();
  const [isSearching, startSearching] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const requested = useRef(words);

  function search(input: string) {
    const request = input.trim();
    if (request === requested.current) return;
    requested.current = request;
    const query = request ? `?${new URLSearchParams({ q: request })}` : '';
    startSearching(() => router.replace(`/practice/clients${query}`, { scroll: false }));
  }

  const field = useRef<HTMLInputElement>(null);
  // What was typed before the script had loaded is in the field.
  const wake = useEffectEvent(() => {
    if (field.current) search(field.current.value);
  });
  useEffect(() => {
    wake();
    return () => clearTimeout(timer.current);
  }, []);

  return (
    <search>
      <form
        action="/practice/clients"
        className="flex max-w-[36rem] items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(timer.current);
          search(new FormData(event.currentTarget).get('q') as string);
        }}
      >
        <div className="min-w-0 flex-1">
          <label htmlFor="q" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
            Find a client <span className="font-normal text-soft">({hint})</span>
          </label>
          <input
            ref={field}
            id="q"
            name="q"
            type="search"
            defaultValue={words}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            aria-busy={isSearching}
            className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
            onChange={(event) => {
              const input = event.target.value;
              clearTimeout(timer.current);
              timer.current = setTimeout(() => search(input), PAUSE_MS);
            }}
          />
        </div>
        <Button kind="plain">Find</Button>
      </form>
    </search>
  );
}

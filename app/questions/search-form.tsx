'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef } from 'react';
import { Button } from '@/components/button';

const PAUSE_MS = 200;

/** A plain form that leads to the answers. With script they come while one types. */
export function SearchForm({ typed }: { typed: string }) {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  function search(event: FormEvent<HTMLFormElement>, pause: number) {
    const form = event.currentTarget;
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      const words = String(new FormData(form).get('q') ?? '').trim();
      router.replace(words ? `/questions?q=${encodeURIComponent(words)}` : '/questions', { scroll: false });
    }, pause);
  }

  return (
    <search>
      <form
        action="/questions"
        className="max-w-[36rem]"
        onInput={(event) => search(event, PAUSE_MS)}
        onSubmit={(event) => {
          event.preventDefault();
          search(event, 0);
        }}
      >
        <label htmlFor="q" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
          Search by what hurts, or what you wonder
        </label>
        <div className="flex gap-2">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={typed}
            maxLength={200}
            autoComplete="off"
            enterKeyHint="search"
            className="min-h-13 w-full min-w-0 rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
          />
          <Button kind="plain">Search</Button>
        </div>
      </form>
    </search>
  );
}

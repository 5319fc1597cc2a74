'use client';

import Link from 'next/link';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CallerOption } from '@/app/practice/calendar/callers/caller-option';
import { HiddenParamFields, type NameValuePairs } from './hidden-param-fields';

export interface CallerSelection {
  caller: (CallerOption & { firstName: string; hasEmail: boolean }) | null;
  isNew: boolean;
  /** The search text. */
  name: string;
  found: CallerOption[];
}

const WAIT_MS = 120;

/** Finds the client for the booking: while somebody types, or without script by a press on "Find". */
export function CallerField({
  caller,
  isNew,
  name,
  found: first,
  carried,
  go,
}: CallerSelection & { carried: NameValuePairs; go: (to: URLSearchParams) => void }) {
  const [typed, setTyped] = useState(name);
  const [hits, setHits] = useState(first);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const isChosen = caller !== null || isNew;
  const to = (change: NameValuePairs) => new URLSearchParams([...withoutUsual(carried), ...change]);
  const toHit = (hit: CallerOption) => new URLSearchParams(choosing(hit, carried));

  useEffect(() => {
    if (isChosen || !field.current) return;
    // What was typed before the script ran is searched for too.
    setTyped(field.current.value);
    field.current.focus();
  }, [isChosen]);

  useEffect(() => {
    const words = typed.trim();
    if (isChosen || words === '') return setHits([]);
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/practice/calendar/callers?${new URLSearchParams({ q: words })}`, {
          signal: controller.signal,
        });
        if (answer.ok) setHits(((await answer.json()) as { callers: CallerOption[] }).callers);
      } catch {
        // A newer search replaced this one, or there is no connection. The list stays as it was, and "Find" loads the
        // page itself.
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [typed, isChosen]);

  if (isChosen)
    return (
      <p className="flex items-baseline justify-between gap-4 rounded border border-edge bg-fill-most px-3 py-2">
        <span className="min-w-0">
          <b className="font-semibold">{caller ? <bdi>{caller.name}</bdi> : 'New client'}</b>
          {caller?.about && <span className="block text-small text-soft">{caller.about}</span>}
        </span>
        <Link
          href={`/practice/calendar?${to(caller ? [] : [['name', name]])}`}
          onNavigate={(event) => {
            event.preventDefault();
            go(to(caller ? [] : [['name', name]]));
          }}
          scroll={false}
          replace
          className="inline-flex min-h-11 shrink-0 items-center text-small"
        >
          Change<span className="sr-only"> the client</span>
        </Link>
      </p>
    );

  const move = (event: KeyboardEvent, step: number) => {
    const stops = [field.current, ...(list.current?.querySelectorAll('a') ?? [])];
    const next = stops[stops.indexOf(document.activeElement as HTMLInputElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <search
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') move(event, 1);
        if (event.key === 'ArrowUp') move(event, -1);
      }}
    >
      <form
        method="get"
        action="/practice/calendar"
        onSubmit={(event) => {
          event.preventDefault();
          const [best] = hits;
          if (typed.trim() !== '')
            go(
              best
                ? toHit(best)
                : to([
                    ['client', 'new'],
                    ['name', typed.trim()],
                  ]),
            );
        }}
      >
        <HiddenParamFields pairs={carried} />
        <label htmlFor="caller" className="sr-only">
          Client: name, phone or e-mail
        </label>
        <div className="flex gap-2">
          <input
            ref={field}
            id="caller"
            name="name"
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="Name, phone or e-mail"
            autoComplete="off"
            className="min-h-11 w-full min-w-0 rounded border border-edge bg-sheet px-3 text-ui text-ink"
          />
          <button
            type="submit"
            className="min-h-11 flex-none rounded border border-edge px-3 text-small font-[550] hover:bg-sand"
          >
            Find
          </button>
        </div>
      </form>
      <p className="sr-only" role="status">
        {typed.trim() === '' ? '' : hits.length === 1 ? '1 client found' : `${hits.length} clients found`}
      </p>
      {typed.trim() !== '' && (
        <div ref={list} className="mt-1 grid rounded border border-edge bg-sheet">
          {hits.map((hit) => (
            <Hit key={hit.id} to={toHit(hit)} title={hit.name} about={hit.about} go={go} />
          ))}
          <Hit
            to={to([
              ['client', 'new'],
              ['name', typed.trim()],
            ])}
            title={`New client “${typed.trim()}”`}
            about=""
            go={go}
          />
        </div>
      )}
    </search>
  );
}

/** The address with a client in it, and with that client's last massage as long as nobody chose another. */
function choosing({ id, lastMassage }: CallerOption, carried: NameValuePairs): NameValuePairs {
  const client: NameValuePairs = [...withoutUsual(carried), ['client', id]];
  if (!lastMassage || !isUsual(carried)) return client;
  return [...client, ['type', lastMassage.serviceId], ['minutes', String(lastMassage.minutes)]];
}

/** Whether the massage was filled in by itself: nobody at the desk chose it. */
function isUsual(carried: NameValuePairs): boolean {
  return carried.some(([name]) => name === 'massage');
}

/** Without a massage that was filled in for another client. */
function withoutUsual(carried: NameValuePairs): NameValuePairs {
  return isUsual(carried) ? carried.filter(([name]) => name !== 'type' && name !== 'minutes') : carried;
}

function Hit(props: { to: URLSearchParams; title: string; about: string; go: (to: URLSearchParams) => void }) {
  const { to, title, about, go } = props;
  return (
    <Link
      href={`/practice/calendar?${to}`}
      onNavigate={(event) => {
        event.preventDefault();
        go(to);
      }}
      scroll={false}
      replace
      prefetch={false}
      className="grid min-h-11 content-center border-line px-3 py-1.5 text-ink no-underline not-first:border-t hover:bg-fill-most hover:text-ink focus-visible:bg-fill-most"
    >
      <bdi className="block text-[0.9375rem] leading-5 font-[550]">{title}</bdi>
      {about && <span className="block text-small text-soft">{about}</span>}
    </Link>
  );
}

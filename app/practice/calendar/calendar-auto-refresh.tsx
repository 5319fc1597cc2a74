'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { keepPressesWhileLoading } from '@/components/failures-while-leaving';

const ASK_MS = 1_200;
/** The wait after a failed or unreadable answer: the network is away, or somebody signed out. */
const LATER_MS = 15_000;
/** How long "in 20 min" stays true. */
const MINUTE = 60_000;

keepPressesWhileLoading();

/** Refreshes the calendar when somebody else has changed it, as long as the page is in sight. What is typed stays. */
export function CalendarAutoRefresh({ on, version }: { on: string; version: number }) {
  const router = useRouter();
  const drawn = useRef({ version, at: 0 });
  useEffect(() => {
    drawn.current = { version, at: Date.now() };
  }, [version]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const controller = new AbortController();
    const again = (after: number) => {
      if (!controller.signal.aborted) timer = setTimeout(poll, after);
    };
    const poll = async () => {
      if (document.visibilityState !== 'visible') return;
      const found = await read(on, controller.signal);
      if (controller.signal.aborted) return;
      const isOld = Date.now() - drawn.current.at > MINUTE;
      if (found !== null && (found !== drawn.current.version || isOld)) {
        drawn.current = { version: found, at: Date.now() };
        router.refresh();
      }
      again(found === null ? LATER_MS : ASK_MS);
    };
    const wake = () => {
      clearTimeout(timer);
      poll();
    };
    again(ASK_MS);
    document.addEventListener('visibilitychange', wake);
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [router, on]);
  return null;
}

async function read(on: string, signal: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch(`/practice/calendar/version?${new URLSearchParams({ on })}`, { signal });
    const result: { version?: unknown } = answer.ok && !answer.redirected ? await answer.json() : {};
    return typeof result.version === 'number' ? result.version : null;
  } catch {
    return null;
  }
}

'use client';

import { useEffect, useState } from 'react';

interface HeldUntilProps {
  /** The time left when the page was made; zero or less where the hold is over. */
  leftMs: number;
  /** 'Held for you until 07:06.' */
  held: string;
  isOne: boolean;
}

/** Shows that the dates are held, and stops showing it when the hold is over. */
export function HeldUntil({ leftMs, held, isOne }: HeldUntilProps) {
  const [isOver, setIsOver] = useState(leftMs <= 0);
  useEffect(() => {
    const end = Date.now() + leftMs;
    // The timers of a phone that was asleep run late.
    const look = () => setIsOver(Date.now() >= end);
    const timer = setTimeout(look, Math.max(0, leftMs) + 50);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [leftMs]);
  return (
    <span role="status">
      {isOver
        ? `${isOne ? 'This date is' : 'These dates are'} no longer held for you. You can still book: if ${isOne ? 'it was' : 'one was'} taken meanwhile, we show you other times.`
        : held}
    </span>
  );
}

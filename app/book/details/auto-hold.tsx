'use client';

import { useEffect, useState } from 'react';
import type { HoldAnswer } from '@/app/book/hold/route';
import { BOOKING_FORM_ID } from './book-form-state';
import { checkHoldAfterEachFailedBooking, onHoldReleased } from './booking-events';
import { HeldUntil } from './held-until';

interface AutoHoldProps {
  /** The address of the plan, with its key. */
  address: string;
  /** The hold at the time the page was drawn; null where nothing is held. */
  held: { leftMs: number; words: string } | null;
  /** Nothing is held yet, and nothing prevents a hold. */
  startsHold: boolean;
  /** What will be said of the hold that is about to start. */
  expected: string;
  isOne: boolean;
}

/**
 * Holds the dates while their form is in use, and says until when. If dates are gone, it leads to the page that shows
 * each of them.
 */
export function AutoHold({ address, held: initialHold, startsHold, expected, isOne }: AutoHoldProps) {
  const [held, setHeld] = useState<AutoHoldProps['held'] | 'awaited'>(initialHold ?? (startsHold ? 'awaited' : null));
  useEffect(() => onHoldReleased(document, () => setHeld(null)), []);
  useEffect(() => {
    if (!startsHold) return;
    // Keeps the key in the address, so that a reload or the way back goes on with the same plan.
    keepInAddress(address);
    return checkHoldAfterEachFailedBooking(document, BOOKING_FORM_ID, (signal) => {
      void askFor(address, signal).then((answer) => {
        if (signal.aborted) return;
        // Nothing is said then, and the form below stays where it is.
        if (!answer) return;
        if ('lost' in answer) return window.location.replace(answer.lost);
        keepInAddress(`${address}&held=${answer.held.until}`);
        setHeld(answer.held);
      });
    });
  }, [address, startsHold]);
  if (held !== 'awaited')
    return held && <HeldUntil key={held.words} leftMs={held.leftMs} held={held.words} isOne={isOne} />;
  // Keeps its place, so that the form below does not move when the answer comes.
  return (
    <span
      aria-hidden="true"
      data-expected={expected}
      className="invisible before:content-[attr(data-expected)] noscript:hidden"
    />
  );
}

/** Without an answer nothing is held, but the booking can still be sent. */
async function askFor(address: string, signal: AbortSignal): Promise<HoldAnswer> {
  const body = new FormData();
  body.set('address', address);
  try {
    const response = await fetch('/book/hold', { method: 'POST', body, signal });
    return response.ok ? ((await response.json()) as HoldAnswer) : null;
  } catch {
    return null;
  }
}

function keepInAddress(address: string): void {
  window.history.replaceState(window.history.state, '', address);
}

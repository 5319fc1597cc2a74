'use client';

import { useEffect, useState } from 'react';
import type { HoldAnswer } from '@/app/book/hold/route';
import { BOOKING_FORM_ID } from './book-form-state';
import { checkHoldAfterEachFailedBooking, dispatchDatesLost, onHoldReleased } from './booking-events';
import { HeldUntil } from './held-until';

interface AutoHoldProps {
  /** The address of the plan, with its key. */
  address: string;
  /** The hold at the time the page was drawn; null where nothing is held. */
  held: { leftMs: number; words: string } | null;
  /** What to say where too much is held to hold these dates too; otherwise null. */
  notHeld: string | null;
  /** Nothing is held yet, and nothing prevents a hold. */
  startsHold: boolean;
  /** What will be said of the hold that is about to start. */
  expected: string;
  isOne: boolean;
}

type Shown = { held: { leftMs: number; words: string } } | { notHeld: string } | 'awaited' | null;

/**
 * Holds the dates while their form is in use, and says until when. If dates are gone, the form says so: nobody is led
 * away while they type.
 */
export function AutoHold({ address, held, notHeld, startsHold, expected, isOne }: AutoHoldProps) {
  const [shown, setShown] = useState<Shown>(
    held ? { held } : notHeld !== null ? { notHeld } : startsHold ? 'awaited' : null,
  );
  useEffect(() => onHoldReleased(document, () => setShown(null)), []);
  useEffect(() => {
    if (!startsHold) return;
    // Keeps the key in the address, so that a reload or the way back goes on with the same plan.
    keepInAddress(address);
    return checkHoldAfterEachFailedBooking(document, BOOKING_FORM_ID, (signal) => {
      void askFor(address, signal).then((answer) => {
        if (signal.aborted) return;
        // Nothing is said then, and the form below stays where it is.
        if (!answer) return;
        if ('lost' in answer) return dispatchDatesLost(document, answer.lost);
        if ('held' in answer) keepInAddress(`${address}&held=${answer.held.until}`);
        setShown(answer);
      });
    });
  }, [address, startsHold]);
  if (shown === null) return null;
  if (shown !== 'awaited') {
    if ('notHeld' in shown) return <span role="status">{shown.notHeld}</span>;
    const { leftMs, words } = shown.held;
    return <HeldUntil key={words} leftMs={leftMs} held={words} isOne={isOne} />;
  }
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

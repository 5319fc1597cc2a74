import { headers } from 'next/headers';
import type { Booking } from '@/app/book/load';
import { planKeyOf, renewBrowserId } from '@/app/book/plan-key';
import { sayHeldUntil } from '@/app/book/wording';
import { clientIp } from '@/app/client-ip';
import { type HoldResult, holdTimes } from '@/db/booking/holds';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { sayCount } from '@/scheduling/wording';
import type { requestOf } from './date-rows';

/** Holds what is asked for, for the plan that is `named` so. Null where nothing was tried, or could not be. */
export async function holdFor(
  named: string | null,
  { standing, ...request }: ReturnType<typeof requestOf>,
  now: number,
): Promise<HoldResult | null> {
  if (!named || request.appointments.length === 0) return null;
  try {
    // Before anything can refuse the hold: a booking whose answer is lost is asked for again under this cookie's key.
    const browser = await renewBrowserId();
    const sender = clientIp(await headers());
    const allowed = await consumeRateLimit('holds', sender);
    if (!allowed.ok) return null;
    const holder = { key: planKeyOf(named, browser), browser, sender };
    const held = await holdTimes({ ...request, ...(standing ? { standing } : {}) }, holder, { now });
    return held;
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}

/** Taken meanwhile, or not to be had: the reader has to look at the dates again. A limit is no such reason. */
export function isLost(held: HoldResult | null): boolean {
  return held !== null && !held.ok && held.reason !== 'too_much_held';
}

/** 'Held for you until 17:42 (the first three dates).' */
export function sayHeld({ practice, heldDates, now }: Booking, until: number, dates: number): string {
  const which = dates > heldDates ? ` (the first ${sayCount(heldDates)} dates)` : '';
  return `Held for you until ${sayHeldUntil(practice, until, now)}${which}.`;
}

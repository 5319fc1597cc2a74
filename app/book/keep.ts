'use server';

import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { addressOf } from '@/app/address';
import { formSent } from '@/app/sent';
import { isBusy } from '@/db/database-busy';
import { type HoldResult, holdTimes } from '@/db/holds';
import { spend } from '@/db/rate-limits';
import { baseUrl } from '@/site';
import { href } from './address';
import { requestOf } from './dates';
import { paramsOfForm } from './form';
import { loadBooking } from './load';

const COOKIE = 'fortnight-plans';
const HOUR_SECONDS = 3600;

/**
 * Holds the dates while the reader types, and goes on to the last step. Dates that were taken meanwhile lead back to
 * the list, which shows what changed; a hold that cannot be made for another reason stands in nobody's way.
 */
export async function keepDates(form: FormData): Promise<never> {
  formSent(form);
  const now = Date.now();
  const { choice, practice } = await loadBooking(paramsOfForm(form), now);
  const held = await holdFor(choice.key, requestOf(choice, practice.timeZone), now);
  const isLost = held && !held.ok && held.reason !== 'too_much_held';
  return redirect(isLost ? `${href(choice, 'dates')}&lost=1` : href(choice, 'you'));
}

async function holdFor(
  key: string | null,
  { standing, ...request }: ReturnType<typeof requestOf>,
  now: number,
): Promise<HoldResult | null> {
  if (!key || request.appointments.length === 0) return null;
  const jar = await cookies();
  const browser = jar.get(COOKIE)?.value ?? randomUUID();
  try {
    const sender = addressOf(await headers());
    const allowed = await spend('holds', sender);
    if (!allowed.ok) return null;
    const held = await holdTimes({ ...request, ...(standing ? { standing } : {}) }, { key, browser, sender }, { now });
    const secure = baseUrl().startsWith('https:');
    jar.set(COOKIE, browser, { httpOnly: true, sameSite: 'lax', secure, path: '/book', maxAge: HOUR_SECONDS });
    return held;
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}

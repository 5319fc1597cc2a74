import { cookies } from 'next/headers';
import { decrypt, encrypt } from '@/db/access/encryption';
import { type BookingLimits, findBookingLimits } from '@/db/care/booking-limits';
import { isHttps } from '@/site';

// Who books again from the page of their own dates is offered what goes with what they told of their health. Which plan they
// come from is in a sealed cookie of this browser, and never in an address: that could be opened by anybody.

const cookieName = () => `${isHttps() ? '__Host-' : ''}fortnight-own-plan`;
const PURPOSE = 'own plan';
const LASTS_MS = 2 * 60 * 60 * 1000;

/** Remembers, in this browser and for two hours, which plan a booking comes from. Only where an answer can set a cookie. */
export async function rememberOwnPlan(seriesId: string, now: number): Promise<void> {
  const sealed = encrypt(JSON.stringify({ seriesId, until: now + LASTS_MS }), PURPOSE);
  (await cookies()).set(cookieName(), sealed, { ...options(), maxAge: LASTS_MS / 1000 });
}

export async function forgetOwnPlan(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...options(), maxAge: 0 });
}

/** What the plan that this browser came from leaves out; null where it came from none, or it leaves nothing out. */
export async function findOwnLimits(now: number): Promise<BookingLimits | null> {
  const given = (await cookies()).get(cookieName())?.value;
  const opened = given ? decrypt(given, PURPOSE) : null;
  const plan = opened === null ? null : (JSON.parse(opened) as { seriesId: string; until: number });
  return plan && plan.until > now ? findBookingLimits({ role: 'link', seriesId: plan.seriesId }, { now }) : null;
}

function options() {
  return { httpOnly: true, sameSite: 'lax' as const, secure: isHttps(), path: isHttps() ? '/' : '/book' };
}

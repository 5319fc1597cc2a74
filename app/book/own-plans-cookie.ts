import { cookies } from 'next/headers';
import { decrypt, encrypt } from '@/db/access/encryption';
import { findHealthLimitsOfPlans, type HealthBookingLimits } from '@/db/care/health-booking-limits';
import { isHttps } from '@/site-address';

// Who books again from the page of their own dates, or by an e-mail about them, is offered what goes with what they told of
// their health. Which plans they come from is in a sealed cookie of this browser, and in no address of a step: that could be
// opened by anybody.

const cookieName = () => `${isHttps() ? '__Host-' : ''}fortnight-own-plan`;
const PURPOSE = 'own plans';
const LASTS_MS = 2 * 60 * 60 * 1000;

/** Remembers, in this browser and for two hours, which plans a booking comes from. Only where an answer can set a cookie. */
export async function setOwnPlansCookie(seriesIds: string[], now: number): Promise<void> {
  const sealed = encrypt(JSON.stringify({ seriesIds, until: now + LASTS_MS }), PURPOSE);
  (await cookies()).set(cookieName(), sealed, { ...options(), maxAge: LASTS_MS / 1000 });
}

export async function clearOwnPlansCookie(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...options(), maxAge: 0 });
}

/** What the plans that this browser came from leave out; null where it came from none, or they leave nothing out. */
export async function findOwnBookingLimits(now: number): Promise<HealthBookingLimits | null> {
  const given = (await cookies()).get(cookieName())?.value;
  const opened = given ? decrypt(given, PURPOSE) : null;
  const own = opened === null ? null : (JSON.parse(opened) as { seriesIds: string[]; until: number });
  if (!own || own.until <= now) return null;
  const viewers = own.seriesIds.map((seriesId) => ({ role: 'link', seriesId }) as const);
  return findHealthLimitsOfPlans(viewers, { now });
}

function options() {
  return { httpOnly: true, sameSite: 'lax' as const, secure: isHttps(), path: isHttps() ? '/' : '/book' };
}

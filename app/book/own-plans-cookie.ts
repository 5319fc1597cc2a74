import { cookies } from 'next/headers';
import { decrypt, encrypt } from '@/db/access/encryption';
import { getSeries } from '@/db/appointments/series';
import { findHealthLimitsOfPlans, type HealthBookingLimits } from '@/db/care/health-booking-limits';
import { isHttps } from '@/site-address';

// Whoever books again from the page of their own dates, or from an e-mail about them, is offered only what suits their
// health answers. A sealed cookie of this browser holds the plans they come from. No address of a step does, since
// anybody could open it.

const cookieName = () => `${isHttps() ? '__Host-' : ''}fortnight-own-plan`;
const PURPOSE = 'own plans';
const LASTS_MS = 2 * 60 * 60 * 1000;

/**
 * Remembers in this browser, for two hours, which plans a booking comes from. Call it only where the response can set a
 * cookie.
 */
export async function setOwnPlansCookie(seriesIds: string[], now: number): Promise<void> {
  const sealed = encrypt(JSON.stringify({ seriesIds, until: now + LASTS_MS }), PURPOSE);
  (await cookies()).set(cookieName(), sealed, { ...options(), maxAge: LASTS_MS / 1000 });
}

export async function clearOwnPlansCookie(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...options(), maxAge: 0 });
}

/**
 * The limits that health answers put on what this browser books; null where it came from no plan, or its plans set no
 * limits.
 */
export async function findHealthLimitsOfOwnPlans(now: number): Promise<HealthBookingLimits | null> {
  const viewers = await readOwnViewers(now);
  return viewers.length === 0 ? null : findHealthLimitsOfPlans(viewers, { now });
}

/** Who books again: what the form of the last step begins with. */
export interface ReturningBooker {
  name: string;
  email: string;
  /** The person who comes, where that is somebody else. */
  comes: string | null;
}

/**
 * Who booked the plan that is booked again; null where this browser came from no plan. The link of a plan shows these
 * names and the address anyway, in its calendar file.
 */
export async function findReturningBooker(now: number): Promise<ReturningBooker | null> {
  const [viewer] = await readOwnViewers(now);
  const plan = viewer && (await getSeries(viewer, viewer.seriesId));
  if (!plan) return null;
  const { name, email } = plan.client;
  return plan.bookedBy === null ? { name, email, comes: null } : { name: plan.bookedBy, email, comes: name };
}

async function readOwnViewers(now: number): Promise<{ role: 'link'; seriesId: string }[]> {
  const received = (await cookies()).get(cookieName())?.value;
  const opened = received ? decrypt(received, PURPOSE) : null;
  const own = opened === null ? null : (JSON.parse(opened) as { seriesIds: string[]; until: number });
  if (!own || own.until <= now) return [];
  return own.seriesIds.map((seriesId) => ({ role: 'link', seriesId }));
}

function options() {
  return { httpOnly: true, sameSite: 'lax' as const, secure: isHttps(), path: isHttps() ? '/' : '/book' };
}

import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { waitlistEntries, waitlistOffers } from '@/db/schema';
import type { Notification } from '@/scheduling/notification-types';

/** Whether a waitlist e-mail is still true when it is sent. */
export async function isWaitlistEmailStillTrue(
  db: Db,
  notification: Extract<Notification, { kind: 'waitlist' }>,
  now: number,
): Promise<boolean> {
  if (notification.state === 'joined') {
    const isThere = and(eq(waitlistEntries.id, notification.entryId), isNull(waitlistEntries.endedAt));
    return (await db.select({ id: waitlistEntries.id }).from(waitlistEntries).where(isThere)).length > 0;
  }
  const isOpen = and(
    eq(waitlistOffers.id, notification.offerId),
    isNull(waitlistOffers.answeredAt),
    gt(waitlistOffers.expiresAt, now),
  );
  return (await db.select({ id: waitlistOffers.id }).from(waitlistOffers).where(isOpen)).length > 0;
}

import { eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { followUpOptOuts, series } from '@/db/schema';
import { endRebookingHoldsOfClients } from './rebooking-holds';

type LinkViewer = { role: 'link'; seriesId: string };

/** Whether a client gets follow-up e-mails after their dates; null where the practice sends none. */
export async function getFollowUpEmailPreference({ seriesId }: LinkViewer): Promise<boolean | null> {
  const db = await reader();
  const { followUpAgainSince, followUpMissedSince } = await getPractice(db);
  if (followUpAgainSince === null && followUpMissedSince === null) return null;
  const [stop] = await db
    .select({ it: followUpOptOuts.clientId })
    .from(followUpOptOuts)
    .innerJoin(series, eq(series.clientId, followUpOptOuts.clientId))
    .where(eq(series.id, seriesId));
  return stop === undefined;
}

/** Saves the preference for all plans of the client. */
export async function saveFollowUpEmailPreference(
  viewer: LinkViewer,
  isWanted: boolean,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const [plan] = await tx.select({ clientId: series.clientId }).from(series).where(eq(series.id, viewer.seriesId));
    if (!plan) return { ok: false as const, reason: 'not_found' as const };
    if (isWanted) await tx.delete(followUpOptOuts).where(eq(followUpOptOuts.clientId, plan.clientId));
    else {
      await tx
        .insert(followUpOptOuts)
        .values({ ...plan, stoppedAt: now })
        .onConflictDoNothing();
      // A waiting e-mail is no longer sent, so its client would not hear of the hold; a client who has had the e-mail
      // wants to hear no more of it.
      await endRebookingHoldsOfClients(tx, [plan.clientId], now);
    }
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: isWanted ? 'follow-ups wanted' : 'follow-ups ended' },
      ...{ subject: `series:${viewer.seriesId}`, facts: {} },
    });
    return { ok: true as const };
  });
}

import { and, eq } from 'drizzle-orm';
import { createAllPlansLinkIfMissing } from '@/db/access/all-plans-links';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { getManageLinkExpiry } from '@/db/access/manage-tokens';
import { listSeriesUnchecked } from '@/db/appointments/series';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { clients, series } from '@/db/schema';
import { mayEmailManageLinks } from './mail-caps';
import { putInOutbox } from './outbox';

/**
 * Queues one e-mail with one link to all plans of this address. It names the upcoming plans, or else the last one
 * booked. It returns nothing, so as not to reveal who is a client here.
 */
export async function queueManageLinksEmail(email: string, now: number): Promise<void> {
  const toEmail = email.toLowerCase();
  await transact(async (tx) => {
    const plans = await listSeriesForLinksEmail(tx, toEmail, now);
    if (plans.length === 0) return;
    // Needed also when an e-mail is waiting already: its link is made when it is sent.
    await createAllPlansLinkIfMissing(tx, toEmail, now);
    if (!(await mayEmailManageLinks(tx, toEmail, now))) return;
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, { notification: { kind: 'manage_links', practice, series: plans }, toEmail, now });
  });
}

const LATEST = 3;

/** The upcoming plans of this address, as the e-mail with its links names them; or else the latest that is over. */
export async function listSeriesForLinksEmail(db: Db, toEmail: string, now: number) {
  const found = await listSeriesUnchecked(db, eq(clients.email, toEmail));
  const isShared = new Set(found.map(({ client }) => client.name)).size > 1 || found.some(({ bookedBy }) => bookedBy);
  const isNamed = isShared && (await isConfirmedEmailAddress(db, toEmail));
  const plans = found.flatMap(({ uid, cadence, client, appointments }) => {
    const upcoming = appointments.filter(({ status, endsAt }) => status === 'booked' && endsAt > now);
    const shown = upcoming[0] ?? appointments.findLast(({ status }) => status !== 'cancelled') ?? appointments.at(-1);
    if (!shown) return [];
    const { startsAt: firstStart, service, therapist } = shown;
    const more = {
      ...(shown.status === 'cancelled' && { cancelled: appointments.length }),
      ...(cadence === 'once' && { isOnce: true as const }),
      ...(isNamed && { clientName: client.name }),
    };
    return [{ uid, firstStart, left: upcoming.length, service: service.name, therapist: therapist.name, ...more }];
  });
  const upcoming = plans.filter(({ left }) => left > 0);
  if (upcoming.length > 0) return upcoming;
  const live: typeof plans = [];
  for (const plan of plans) {
    const until = live.length < LATEST && (await getManageLinkExpiry(db, plan.uid));
    if (until && until > now) live.push(plan);
  }
  return live;
}

/**
 * The content of an e-mail with a renewed link; null where the address no longer has such a series, or the series no
 * link.
 */
export async function getSeriesForRenewedLinkEmail(db: Db, seriesUid: string, toEmail: string) {
  const [found] = await listSeriesUnchecked(db, and(eq(series.id, seriesUid), eq(clients.email, toEmail)));
  const until = await getManageLinkExpiry(db, seriesUid);
  const standing = found?.appointments.filter(({ status }) => status !== 'cancelled') ?? [];
  const dates = standing.length > 0 ? standing : (found?.appointments ?? []);
  const [first] = dates;
  if (!first || until === null) return null;
  return { firstStart: first.startsAt, sessions: dates.length, service: first.service.name, until };
}

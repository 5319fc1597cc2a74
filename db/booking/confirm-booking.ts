import { and, eq, isNotNull } from 'drizzle-orm';
import { recordEvent } from '@/db/access/audit-trail';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { readConfirmToken } from '@/db/access/emailed-link-tokens';
import { getManageToken, isManageLinkReplaced } from '@/db/access/manage-tokens';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { reader, transact } from '@/db/connection/database-client';
import { clients, series } from '@/db/schema';
import { bookSeries } from './book-series';
import { deletePendingRequest, findPendingRequest, type PendingRequest } from './pending-requests';

/** What a confirm link stands for. Looking changes nothing: mail programs open links before their readers do. */
export type ConfirmLinkTarget =
  | { kind: 'series'; seriesId: string; isConfirmed: boolean }
  | { kind: 'request'; request: PendingRequest };

export type ConfirmResult =
  | { ok: true; manageToken: string; isBooked: boolean }
  | { ok: false; reason: 'taken'; clashes: ClashWithAlternatives[]; page: string | null }
  | { ok: false; reason: 'invalid'; page: string | null }
  | { ok: false; reason: 'gone' };

/** Null for a link that was never made here, or that waited too long. */
export async function findConfirmLinkTarget(token: string, now: number): Promise<ConfirmLinkTarget | null> {
  const id = readConfirmToken(token);
  if (id === null) return null;
  const request = await findPendingRequest(id, now);
  if (request) return request.waitsFor === 'confirm' ? { kind: 'request', request } : null;
  const [found] = await (await reader())
    .select({ seriesId: series.id, confirmedAt: series.confirmedAt })
    .from(series)
    .where(and(eq(series.id, id), isNotNull(series.sender)));
  // Whoever has an old e-mail must not come by the new link that way.
  if (!found || (await isManageLinkReplaced(found.seriesId))) return null;
  return { kind: 'series', seriesId: found.seriesId, isConfirmed: found.confirmedAt !== null };
}

/** The link was pressed: its address is confirmed, and what waited for that is booked if it is still free. */
export async function confirmBookingByLink(token: string, { now }: { now: number }): Promise<ConfirmResult> {
  const found = await findConfirmLinkTarget(token, now);
  if (!found) return { ok: false, reason: 'gone' };
  if (found.kind === 'series') {
    const { seriesId } = found;
    await confirmSeries(seriesId, 'link', `link:${seriesId}`, now);
    return { ok: true, manageToken: await getManageToken(seriesId), isBooked: false };
  }
  const { id, request, sender, page } = found.request;
  // First, and whatever becomes of the times: whoever lost one books another without confirming again.
  await transact((tx) => confirmEmailAddress(tx, request.client.email, 'link', now));
  const booked = await bookSeries({ role: 'reader' }, request, { now, confirmed: { id, sender } });
  if (booked.ok) {
    await transact((tx) => deletePendingRequest(tx, id));
    return { ok: true, manageToken: booked.manageToken, isBooked: true };
  }
  if (booked.reason === 'taken') return { ok: false, reason: 'taken', clashes: booked.clashes, page };
  return { ok: false, reason: 'invalid', page };
}

/** Somebody gave their word for a series: its client by pressing the link, or staff. */
export async function confirmSeries(
  seriesId: string,
  way: 'link' | 'staff',
  actor: string,
  now: number,
): Promise<boolean> {
  if (!isPossibleId(seriesId)) return false;
  return transact(async (tx) => {
    const [found] = await tx
      .select({ email: clients.email, confirmedAt: series.confirmedAt })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(eq(series.id, seriesId));
    if (!found) return false;
    if (found.confirmedAt !== null) return true;
    await tx.update(series).set({ confirmedAt: now }).where(eq(series.id, seriesId));
    await confirmEmailAddress(tx, found.email, way, now);
    await recordEvent(tx, { at: now, actor, action: 'confirmed', subject: `series:${seriesId}`, facts: { way } });
    return true;
  });
}

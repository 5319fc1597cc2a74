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

/** The target of a confirm link. Looking changes nothing: mail programs open links before their readers do. */
export type ConfirmLinkTarget =
  | { kind: 'series'; seriesId: string; isConfirmed: boolean }
  | { kind: 'request'; request: PendingRequest };

export type ConfirmResult =
  /** `besideToken`: the link of a second person who was booked with it just now. */
  | { ok: true; manageToken: string; isBooked: boolean; besideToken?: string }
  | { ok: false; reason: 'taken'; clashes: ClashWithAlternatives[]; page: string | null }
  | { ok: false; reason: 'invalid'; page: string | null }
  | { ok: false; reason: 'gone' };

/** Null for a link that was not made here, or that has expired. */
export async function findConfirmLinkTarget(token: string, now: number): Promise<ConfirmLinkTarget | null> {
  const id = readConfirmToken(token);
  if (id === null) return null;
  const request = await findPendingRequest(id, now);
  if (request) return request.waitsFor === 'confirm' ? { kind: 'request', request } : null;
  const [found] = await (await reader())
    .select({ seriesId: series.id, confirmedAt: series.confirmedAt })
    .from(series)
    .where(and(eq(series.id, id), isNotNull(series.sender)));
  // An old e-mail must not lead to the replaced link.
  if (!found || (await isManageLinkReplaced(found.seriesId))) return null;
  return { kind: 'series', seriesId: found.seriesId, isConfirmed: found.confirmedAt !== null };
}

/** Confirms the address when the link is pressed, and books the waiting request if its times are still free. */
export async function confirmBookingByLink(token: string, { now }: { now: number }): Promise<ConfirmResult> {
  const found = await findConfirmLinkTarget(token, now);
  if (!found) return { ok: false, reason: 'gone' };
  if (found.kind === 'series') {
    const { seriesId } = found;
    await confirmSeries(seriesId, 'link', `link:${seriesId}`, now);
    return { ok: true, manageToken: await getManageToken(seriesId), isBooked: false };
  }
  const { id, request, sender, page } = found.request;
  // First, and whether or not the times are still free: a client who lost them books others without confirming again.
  await transact((tx) => confirmEmailAddress(tx, request.client.email, 'link', now));
  const booked = await bookSeries({ role: 'reader' }, request, { now, confirmed: { id, sender } });
  if (booked.ok) {
    await transact((tx) => deletePendingRequest(tx, id));
    const { manageToken, beside } = booked;
    return { ok: true, manageToken, isBooked: true, ...(beside && { besideToken: beside.manageToken }) };
  }
  if (booked.reason === 'taken') return { ok: false, reason: 'taken', clashes: booked.clashes, page };
  return { ok: false, reason: 'invalid', page };
}

/** Confirms a series: its client pressed the link, or staff vouch for them. */
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

import { and, asc, eq, sql } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader, transact } from '@/db/connection/database-client';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, series, services, therapists } from '@/db/schema';
import { bookSeries } from './book-series';
import { buildRequestNotification } from './build-request-notification';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';
import { confirmSeries } from './confirm-booking';
import {
  deletePendingRequest,
  findPendingRequest,
  listAllPendingRequests,
  type PendingRequest,
} from './pending-requests';
import { unconfirmedAddressCondition, unconfirmedSeriesCondition, upcomingBookedCondition } from './unconfirmed-caps';

export interface UnconfirmedBooking {
  seriesId: string;
  client: { name: string; email: string };
  therapist: string;
  /** Null where the series has several massages. */
  service: string | null;
  /** The number of open sessions, and the start of the first. */
  sessions: number;
  firstStartsAt: number;
  createdAt: number;
}

/** The unconfirmed bookings from one network address, the newest first. */
export interface UnconfirmedSender {
  sender: string;
  sessions: number;
  bookings: UnconfirmedBooking[];
}

const inScope = (viewer: Staff) =>
  viewer.role === 'therapist' ? eq(series.therapistId, viewer.therapistId) : undefined;

/**
 * Open bookings of unconfirmed addresses, grouped by sender, with the most sessions first. A therapist sees only their
 * own series.
 */
export async function listUnconfirmedGroupedBySender(viewer: Staff, now: number): Promise<UnconfirmedSender[]> {
  const db = await reader();
  const found = await db
    .select({
      seriesId: series.id,
      sender: series.sender,
      client: { name: clients.name, email: clients.email },
      therapist: therapists.name,
      service: sql<string | null>`case when count(distinct ${services.id}) = 1 then min(${services.name}) end`,
      sessions: sql<number>`count(*)`,
      firstStartsAt: sql<number>`min(${appointments.startAt})`,
      createdAt: series.createdAt,
    })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, series.therapistId))
    .innerJoin(appointments, eq(appointments.seriesId, series.id))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(
      and(unconfirmedSeriesCondition, upcomingBookedCondition(now), unconfirmedAddressCondition(db), inScope(viewer)),
    )
    .groupBy(series.id, series.sender, clients.name, clients.email, therapists.name, series.createdAt)
    .orderBy(sql`${series.createdAt} desc`, asc(series.id));
  const senders = new Map<string, UnconfirmedSender>();
  for (const { sender, ...row } of found) {
    const entry = senders.get(sender!) ?? { sender: sender!, sessions: 0, bookings: [] };
    // PostgreSQL returns counts that JavaScript reads as strings.
    const booking = { ...row, sessions: Number(row.sessions), firstStartsAt: Number(row.firstStartsAt) };
    entry.bookings.push(booking);
    entry.sessions += booking.sessions;
    senders.set(sender!, entry);
  }
  return [...senders.values()].sort((a, b) => b.sessions - a.sessions);
}

/** How many bookings and requests are in the lists. */
export async function countAllUnconfirmedAndPending(viewer: Staff, now: number): Promise<number> {
  const [senders, waiting] = await Promise.all([
    listUnconfirmedGroupedBySender(viewer, now),
    listPendingRequestsForStaff(viewer, now),
  ]);
  return senders.reduce((sum, { bookings }) => sum + bookings.length, waiting.length);
}

/**
 * Confirms a series because staff know the client: it, and whatever its address books later, then counts as confirmed.
 */
export async function confirmSeriesByStaff(viewer: Staff, seriesId: string, now: number): Promise<boolean> {
  if (!isPossibleId(seriesId)) return false;
  const [found] = await (await reader())
    .select({ id: series.id })
    .from(series)
    .where(and(eq(series.id, seriesId), unconfirmedSeriesCondition, inScope(viewer)));
  return found ? confirmSeries(seriesId, 'staff', getAuditActor(viewer), now) : false;
}

/** Cancels all unconfirmed bookings of one sender. Returns the number of sessions. */
export async function cancelUnconfirmedOfSender(viewer: Staff, sender: string, now: number): Promise<number> {
  return transact(async (tx) => {
    const targets = await tx
      .select({ appointment: appointments })
      .from(appointments)
      .innerJoin(series, eq(series.id, appointments.seriesId))
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(
        and(
          eq(series.sender, sender),
          unconfirmedSeriesCondition,
          upcomingBookedCondition(now),
          unconfirmedAddressCondition(tx),
          inScope(viewer),
        ),
      )
      .orderBy(asc(appointments.seriesId), asc(appointments.position));
    const practice = await getPractice(tx);
    const ids = new Set(targets.map(({ appointment }) => appointment.seriesId));
    let cancelled = 0;
    for (const id of ids) {
      const ofIt = targets.map(({ appointment }) => appointment).filter(({ seriesId }) => seriesId === id);
      // A series that has changed meanwhile is not cancelled, and stays in the list.
      if (!(await cancelRowsSilently(tx, viewer, ofIt, now))) continue;
      await finishCancellation(tx, viewer, practice, ofIt, { now, scope: 'all' });
      cancelled += ofIt.length;
    }
    return cancelled;
  });
}

/** Requests that are not booked, for the owner and the front desk; empty for anyone else. */
export async function listPendingRequestsForStaff(viewer: Staff, now: number): Promise<PendingRequest[]> {
  return managesAllCalendars(viewer) ? listAllPendingRequests(await reader(), now) : [];
}

export type ApproveResult = { ok: true } | { ok: false; reason: 'gone' | 'taken' | 'invalid' };

/** Books the request, if its times are still free; if not, its client is notified. */
export async function approveRequest(viewer: Staff, id: string, now: number): Promise<ApproveResult> {
  const found = managesAllCalendars(viewer) && isPossibleId(id) ? await findPendingRequest(id, now) : null;
  if (!found) return { ok: false, reason: 'gone' };
  const { request, sender } = found;
  const booked = await bookSeries(viewer, request, { now, confirmed: { id, sender } });
  if (!booked.ok) {
    if (booked.reason === 'taken') await endRequest(viewer, found, 'taken', now);
    return { ok: false, reason: booked.reason === 'taken' ? 'taken' : 'invalid' };
  }
  await transact(async (tx) => {
    await deletePendingRequest(tx, id);
    await confirmEmailAddress(tx, request.client.email, 'staff', now);
  });
  return { ok: true };
}

/** Declines the request, and notifies the client that it is not booked. */
export async function declineRequest(viewer: Staff, id: string, now: number): Promise<boolean> {
  const found = managesAllCalendars(viewer) && isPossibleId(id) ? await findPendingRequest(id, now) : null;
  return found ? endRequest(viewer, found, 'declined', now) : false;
}

async function endRequest(viewer: Staff, found: PendingRequest, state: 'declined' | 'taken', now: number) {
  const { id, request, until } = found;
  return transact(async (tx) => {
    if (!(await deletePendingRequest(tx, id))) return false;
    const about = { practice: await getPractice(tx), state, requestId: id, request, until };
    await putInOutbox(tx, {
      toEmail: request.client.email,
      notification: await buildRequestNotification(tx, about),
      now,
    });
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: state,
      subject: `request:${id}`,
      facts: {},
    });
    return true;
  });
}

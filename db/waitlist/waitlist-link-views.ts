import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import { readOfferToken, readWaitlistToken } from '@/db/access/emailed-link-tokens';
import { getManageToken, isManageLinkReplaced } from '@/db/access/manage-tokens';
import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import {
  appointments,
  clients,
  type OfferOutcome,
  series,
  services,
  therapists,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import { findAddressOfEntry, waitingEntryCondition } from './confirm-and-end-entries';
import { toWaitlistEntryView, type WaitlistEntryView, waitlistEntryColumns } from './entry-view';

// What the links of the waitlist show. Looking changes nothing.

export interface OfferView {
  id: string;
  service: string;
  minutes: number;
  therapist: string;
  starts: number[];
  expiresAt: number;
  answer: OfferOutcome | null;
  swaps: number | null;
  isSkipped: boolean;
  /** The person who would come, where somebody else asked for them. */
  forClient: string | null;
  /** Opens the booking; null where nothing was booked. */
  manageToken: string | null;
}

/** An entry, as its link shows it. */
export interface EntryLinkView extends WaitlistEntryView {
  /** The person who would come. */
  client: string;
  isAddressConfirmed: boolean;
  /** Whether pressing the link confirms the address. */
  confirmsAddress: boolean;
}

/** What the link of an entry shows; null where the link is unknown, or the entry has ended. */
export async function findEntryByLink(token: string, { now }: Clock): Promise<EntryLinkView | null> {
  const id = readWaitlistToken(token);
  if (id === null) return null;
  const db = await reader();
  const practice = await getPractice(db);
  const today = toWallTime(practice.timeZone, now).on;
  const isThis = and(eq(waitlistEntries.id, id), waitingEntryCondition(today));
  const [found] = await selectEntries(db).where(isThis);
  if (!found) return null;
  const [names] = await db
    .select({ name: clients.name, pending: waitlistEntries.pendingName })
    .from(waitlistEntries)
    .leftJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .where(isThis);
  const address = await findAddressOfEntry(db, { id, pendingEmail: null }, practice);
  const { isAddressConfirmed = false, confirmsAddress = false } = address ?? {};
  const client = names?.name ?? names?.pending ?? '';
  return { ...toWaitlistEntryView(found), client, isAddressConfirmed, confirmsAddress };
}

function selectEntries(db: Db) {
  return db
    .select(waitlistEntryColumns)
    .from(waitlistEntries)
    .innerJoin(services, eq(services.id, waitlistEntries.serviceId))
    .leftJoin(therapists, eq(therapists.id, waitlistEntries.therapistId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId));
}

/** The entries of a series' holder who waits for something sooner than its dates. */
export async function listSoonerEntriesOfSeries(
  viewer: Extract<Viewer, { role: 'link' }>,
  { now }: Clock,
): Promise<WaitlistEntryView[]> {
  const db = await reader();
  const today = toWallTime((await getPractice(db)).timeZone, now).on;
  const found = await selectEntries(db)
    .where(
      and(waitingEntryCondition(today), eq(appointments.seriesId, viewer.seriesId), eq(appointments.status, 'booked')),
    )
    .orderBy(asc(waitlistEntries.createdAt));
  return found.map(toWaitlistEntryView);
}

/** What the link of an offer shows, whatever became of it; null where there is no such offer. */
export async function findOfferByLink(token: string): Promise<OfferView | null> {
  const id = readOfferToken(token);
  if (id === null) return null;
  const [found] = await (await reader())
    .select({
      id: waitlistOffers.id,
      service: services.name,
      minutes: waitlistOffers.minutes,
      therapist: therapists.name,
      dates: waitlistOffers.dates,
      expiresAt: waitlistOffers.expiresAt,
      answer: waitlistOffers.answer,
      seriesId: waitlistOffers.seriesId,
      skipPosition: waitlistOffers.skipPosition,
      swaps: appointments.startAt,
      client: clients.name,
      bookedBy: waitlistEntries.bookedBy,
      planBookedBy: series.bookedBy,
    })
    .from(waitlistOffers)
    .innerJoin(services, eq(services.id, waitlistOffers.serviceId))
    .innerJoin(therapists, eq(therapists.id, waitlistOffers.therapistId))
    .leftJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .leftJoin(series, eq(series.id, waitlistOffers.skipSeriesId))
    .leftJoin(clients, or(eq(clients.id, waitlistEntries.clientId), eq(clients.id, series.clientId)))
    .where(eq(waitlistOffers.id, id));
  if (!found) return null;
  const { dates, seriesId, skipPosition, swaps, client, bookedBy, planBookedBy, ...view } = found;
  return {
    ...view,
    starts: dates.map(({ startsAt }) => startsAt),
    // After the swap that date is at the offered time.
    swaps: view.answer === 'accepted' ? null : swaps,
    isSkipped: skipPosition !== null,
    forClient: bookedBy === null && planBookedBy === null ? null : client,
    // Once the practice has sent a new link, an old e-mail must not lead to it.
    manageToken: seriesId === null || (await isManageLinkReplaced(seriesId)) ? null : await getManageToken(seriesId),
  };
}

/** The skipped dates of a series that are held for its client at present, and until when, by position. */
export async function listSkipsHeld(
  viewer: Extract<Viewer, { role: 'link' }>,
  { now }: Clock,
): Promise<Map<number, number>> {
  const open = await (await reader())
    .select({ position: waitlistOffers.skipPosition, expiresAt: waitlistOffers.expiresAt })
    .from(waitlistOffers)
    .where(
      and(
        eq(waitlistOffers.skipSeriesId, viewer.seriesId),
        isNull(waitlistOffers.answeredAt),
        gt(waitlistOffers.expiresAt, now),
      ),
    );
  return new Map(open.map(({ position, expiresAt }) => [position!, expiresAt]));
}

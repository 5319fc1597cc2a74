import { and, asc, eq, gt, gte, inArray, isNull, ne, or, type SQL } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleClientsCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  bouncedAddresses,
  clients,
  outbox,
  series,
  services,
  therapistServices,
  therapists,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import type { PossibleOffer } from '@/scheduling/waitlist-matching';
import { toWallTime } from '@/scheduling/zone-conversion';
import { waitingEntryCondition } from './confirm-and-end-entries';
import { toWaitlistEntryView, type WaitlistEntryView, waitlistEntryColumns } from './entry-view';
import { listPossibleOffersOfEntryUnchecked } from './find-offer-candidate';
import { areOfferEmailsFailing } from './offer-emails-failing';

// The waitlist as staff see it. Looking changes nothing.

/** A waiting client, as staff see them. */
export interface StaffWaitlistEntry extends WaitlistEntryView {
  client: WaitingPerson & { email: string; phone: string | null };
  /**
   * Whether the viewer may remove it: a therapist may not remove a client who waits for any therapist and is not their
   * own.
   */
  mayRemove: boolean;
  /** Whether the client's address is undeliverable. */
  hasBounced: boolean;
  /** How many offers the entry has had. */
  offers: number;
  open: {
    id: string;
    firstStartAt: number;
    sessions: number;
    therapistId: string;
    therapist: string;
    expiresAt: number;
    /** Whether it is for the viewer's own time, or the viewer manages every calendar. */
    mayAnswer: boolean;
  } | null;
}

interface WaitingPerson {
  id: string | null;
  name: string;
  /** Whether the viewer may open the page of this client. */
  isTheirs: boolean;
}

/** Time that is held at present for a client on the list. */
export interface OpenOffer {
  id: string;
  client: WaitingPerson;
  therapist: string;
  starts: number[];
  expiresAt: number;
  /** Whether it is a date of their own plan that they had skipped. */
  isSkipped: boolean;
  isUnsent: boolean;
}

/** All open offers, the first to expire first; for a therapist those of their own time. */
export async function listOpenOffers(viewer: Staff, { now }: Clock): Promise<OpenOffer[]> {
  const db = await reader();
  const found = await db
    .select({
      id: waitlistOffers.id,
      client: { id: clients.id, name: clients.name },
      therapist: therapists.name,
      dates: waitlistOffers.dates,
      expiresAt: waitlistOffers.expiresAt,
      skipPosition: waitlistOffers.skipPosition,
      unsent: outbox.id,
    })
    .from(waitlistOffers)
    .innerJoin(therapists, eq(therapists.id, waitlistOffers.therapistId))
    .leftJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .leftJoin(series, eq(series.id, waitlistOffers.skipSeriesId))
    .innerJoin(clients, or(eq(clients.id, waitlistEntries.clientId), eq(clients.id, series.clientId)))
    .leftJoin(outbox, and(eq(outbox.id, waitlistOffers.outboxId), isNull(outbox.sentAt)))
    .where(
      and(
        isNull(waitlistOffers.answeredAt),
        gt(waitlistOffers.expiresAt, now),
        viewer.role === 'therapist' ? eq(waitlistOffers.therapistId, viewer.therapistId) : undefined,
      ),
    )
    .orderBy(asc(waitlistOffers.expiresAt), asc(waitlistOffers.id));
  const isTheirs = await findOwnClients(
    db,
    viewer,
    found.map(({ client }) => client.id),
  );
  return found.map(({ dates, skipPosition, unsent, client, ...open }) => {
    const starts = dates.map(({ startsAt }) => startsAt);
    const isOf = { isSkipped: skipPosition !== null, isUnsent: unsent !== null };
    return { ...open, client: { ...client, isTheirs: isTheirs(client.id) }, starts, ...isOf };
  });
}

/** For each of these clients, whether the viewer may open their page. */
async function findOwnClients(db: Db, viewer: Staff, ids: string[]): Promise<(id: string) => boolean> {
  const own = await db
    .select({ id: clients.id })
    .from(clients)
    .where(and(inArray(clients.id, ids), visibleClientsCondition(db, viewer)));
  const known = new Set(own.map(({ id }) => id));
  return (id) => known.has(id);
}

/**
 * A therapist sees their own clients, those who wait for them, and those who wait for any therapist for a massage that
 * they give.
 */
function mayBeGivenBy(db: Db, viewer: Staff): SQL | undefined {
  if (viewer.role !== 'therapist') return undefined;
  const offeredIds = db
    .select({ id: therapistServices.serviceId })
    .from(therapistServices)
    .where(eq(therapistServices.therapistId, viewer.therapistId));
  return or(
    eq(waitlistEntries.therapistId, viewer.therapistId),
    and(isNull(waitlistEntries.therapistId), inArray(waitlistEntries.serviceId, offeredIds)),
    visibleClientsCondition(db, viewer),
  );
}

/** All waiting clients, the longest waiting first; for a therapist those whom they might massage. */
export async function listWaitlist(viewer: Staff, { now }: Clock): Promise<StaffWaitlistEntry[]> {
  const db = await reader();
  const today = toWallTime((await getPractice(db)).timeZone, now).on;
  const found = await db
    .select({
      ...waitlistEntryColumns,
      therapistId: waitlistEntries.therapistId,
      client: { id: clients.id, name: clients.name, email: clients.email, phone: clients.phone },
      bounced: bouncedAddresses.email,
      pending: {
        name: waitlistEntries.pendingName,
        email: waitlistEntries.pendingEmail,
        phone: waitlistEntries.pendingPhone,
      },
    })
    .from(waitlistEntries)
    .innerJoin(services, eq(services.id, waitlistEntries.serviceId))
    .leftJoin(therapists, eq(therapists.id, waitlistEntries.therapistId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .leftJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .leftJoin(bouncedAddresses, eq(bouncedAddresses.email, clients.email))
    .where(and(waitingEntryCondition(today), mayBeGivenBy(db, viewer)))
    .orderBy(asc(waitlistEntries.createdAt), asc(waitlistEntries.id));
  const offers = await db
    .select({
      id: waitlistOffers.id,
      entryId: waitlistOffers.entryId,
      firstStartAt: waitlistOffers.firstStartAt,
      sessions: waitlistOffers.sessions,
      expiresAt: waitlistOffers.expiresAt,
      answeredAt: waitlistOffers.answeredAt,
      therapistId: waitlistOffers.therapistId,
      therapist: therapists.name,
    })
    .from(waitlistOffers)
    .innerJoin(therapists, eq(therapists.id, waitlistOffers.therapistId))
    .innerJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .where(isNull(waitlistEntries.endedAt));
  const isTheirs = await findOwnClients(
    db,
    viewer,
    found.flatMap(({ client }) => client?.id ?? []),
  );
  return found.map(({ client, bounced, pending, therapistId, ...row }) => {
    const ownOffers = offers.filter(({ entryId }) => entryId === row.id);
    const open = ownOffers.find(({ answeredAt, expiresAt }) => answeredAt === null && expiresAt > now);
    return {
      ...toWaitlistEntryView(row),
      client: client
        ? { ...client, isTheirs: isTheirs(client.id) }
        : { id: null, name: pending.name!, email: pending.email!, phone: pending.phone, isTheirs: false },
      mayRemove: viewer.role !== 'therapist' || therapistId !== null || (client !== null && isTheirs(client.id)),
      hasBounced: bounced !== null,
      offers: ownOffers.length,
      open: open
        ? {
            id: open.id,
            firstStartAt: open.firstStartAt,
            sessions: open.sessions,
            therapistId: open.therapistId,
            therapist: open.therapist,
            expiresAt: open.expiresAt,
            mayAnswer: viewer.role !== 'therapist' || open.therapistId === viewer.therapistId,
          }
        : null,
    };
  });
}

/** One waiting client of the list. */
export async function findWaitlistEntryForStaff(
  viewer: Staff,
  id: string,
  clock: Clock,
): Promise<StaffWaitlistEntry | null> {
  if (!isPossibleId(id)) return null;
  return (await listWaitlist(viewer, clock)).find((entry) => entry.id === id) ?? null;
}

/** What an entry could be offered now, the earliest first. */
export async function listPossibleOffersForEntry(viewer: Staff, id: string, clock: Clock): Promise<PossibleOffer[]> {
  const entry = await findWaitlistEntryForStaff(viewer, id, clock);
  return entry ? listPossibleOffersOfEntryUnchecked(await reader(), id, clock.now) : [];
}

/** Whether automatic offers are stopped at present, because the e-mails of the last ones were not sent. */
export async function areOffersStopped({ now }: Clock): Promise<boolean> {
  return areOfferEmailsFailing(await reader(), now);
}

/** What the waitlist has filled within a year: sessions that are still booked or took place, and their minutes. */
export async function countFilledSessions({ now }: Clock): Promise<{ sessions: number; minutes: number }> {
  const since = now - 365 * DAY_MS;
  const db = await reader();
  const accepted = await db
    .select({ minutes: waitlistOffers.minutes, dates: waitlistOffers.dates, seriesId: waitlistOffers.seriesId })
    .from(waitlistOffers)
    .where(and(eq(waitlistOffers.answer, 'accepted'), gte(waitlistOffers.answeredAt, since)));
  const ids = accepted.flatMap(({ seriesId }) => seriesId ?? []);
  if (ids.length === 0) return { sessions: 0, minutes: 0 };
  const booked = await db
    .select({ seriesId: appointments.seriesId, startAt: appointments.startAt })
    .from(appointments)
    .where(and(inArray(appointments.seriesId, ids), ne(appointments.status, 'cancelled')));
  const bookedKeys = new Set(booked.map(({ seriesId, startAt }) => `${seriesId} ${startAt}`));
  const filled = accepted.flatMap(({ minutes, dates, seriesId }) =>
    dates.filter(({ startsAt }) => bookedKeys.has(`${seriesId} ${startsAt}`)).map(() => minutes),
  );
  return { sessions: filled.length, minutes: filled.reduce((sum, minutes) => sum + minutes, 0) };
}

import { and, asc, eq, gt, gte, inArray, isNull, ne, or } from 'drizzle-orm';
import { readOfferToken, readWaitToken } from '@/db/access/confirm-tokens';
import { getManageToken, isLinkReplaced } from '@/db/access/manage-tokens';
import { isId, ownClients } from '@/db/access/ownership';
import type { Staff, Viewer } from '@/db/access/viewer';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  bouncedAddresses,
  clients,
  type OfferAnswer,
  outbox,
  series,
  services,
  therapists,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import type { OpenPlan } from '@/scheduling/waitlist';
import { toWall } from '@/scheduling/zone';
import { findAddressOf, isWaitingOn } from './entries';
import { listPlansFor } from './find-offer';
import { isMailStopped } from './mail-stopped';

// What the pages of the waiting list show. Looking changes nothing.

export interface EntryView {
  id: string;
  service: string;
  minutes: number;
  /** Null is anyone. */
  therapist: string | null;
  cadence: 'once' | 'weekly' | 'biweekly';
  sessions: number;
  fromOn: string;
  untilOn: string;
  dayParts: number;
  atTime: string | null;
  isUrgent: boolean;
  createdAt: number;
  isConfirmed: boolean;
  /** The date that a sooner one would be in place of. */
  swaps: number | null;
}

export interface OfferView {
  id: string;
  service: string;
  minutes: number;
  therapist: string;
  starts: number[];
  expiresAt: number;
  answer: OfferAnswer | null;
  swaps: number | null;
  isSkipped: boolean;
  /** Opens what was booked; null where nothing was. */
  manageToken: string | null;
}

const entryColumns = {
  id: waitlistEntries.id,
  service: services.name,
  minutes: waitlistEntries.minutes,
  therapist: therapists.name,
  cadence: waitlistEntries.cadence,
  sessions: waitlistEntries.sessions,
  fromOn: waitlistEntries.fromOn,
  untilOn: waitlistEntries.untilOn,
  dayParts: waitlistEntries.dayParts,
  atTime: waitlistEntries.atTime,
  isUrgent: waitlistEntries.isUrgent,
  createdAt: waitlistEntries.createdAt,
  confirmedAt: waitlistEntries.confirmedAt,
  swaps: appointments.startAt,
};

function entryView({
  confirmedAt,
  ...row
}: { confirmedAt: number | null } & Omit<EntryView, 'isConfirmed'>): EntryView {
  return { ...row, isConfirmed: confirmedAt !== null };
}

/** One entry, as its link shows it. */
export interface OwnEntryView extends EntryView {
  isAddressConfirmed: boolean;
  /** The link confirms the address, once it is pressed. */
  confirmsAddress: boolean;
}

/** What the link of an entry shows; null where it is no such link, or what it was for is at an end. */
export async function findEntry(token: string, { now }: Clock): Promise<OwnEntryView | null> {
  const id = readWaitToken(token);
  if (id === null) return null;
  const db = await reader();
  const practice = await getPractice(db);
  const today = toWall(practice.timeZone, now).on;
  const [found] = await selectEntries(db).where(and(eq(waitlistEntries.id, id), isWaitingOn(today)));
  if (!found) return null;
  const address = await findAddressOf(db, { id, pendingEmail: null }, practice);
  const { isAddressConfirmed = false, confirmsAddress = false } = address ?? {};
  return { ...entryView(found), isAddressConfirmed, confirmsAddress };
}

function selectEntries(db: Db) {
  return db
    .select(entryColumns)
    .from(waitlistEntries)
    .innerJoin(services, eq(services.id, waitlistEntries.serviceId))
    .leftJoin(therapists, eq(therapists.id, waitlistEntries.therapistId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId));
}

/** What the holder of a series waits for to come sooner than its dates. */
export async function listEntriesFor(viewer: Extract<Viewer, { role: 'link' }>, { now }: Clock): Promise<EntryView[]> {
  const db = await reader();
  const today = toWall((await getPractice(db)).timeZone, now).on;
  const found = await selectEntries(db)
    .where(and(isWaitingOn(today), eq(appointments.seriesId, viewer.seriesId), eq(appointments.status, 'booked')))
    .orderBy(asc(waitlistEntries.createdAt));
  return found.map(entryView);
}

/** What the link of an offer shows, whatever became of it; null where there is no such offer. */
export async function findOffer(token: string): Promise<OfferView | null> {
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
    })
    .from(waitlistOffers)
    .innerJoin(services, eq(services.id, waitlistOffers.serviceId))
    .innerJoin(therapists, eq(therapists.id, waitlistOffers.therapistId))
    .leftJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(eq(waitlistOffers.id, id));
  if (!found) return null;
  const { dates, seriesId, skipPosition, swaps, ...view } = found;
  return {
    ...view,
    starts: dates.map(({ startsAt }) => startsAt),
    // After the swap that date is where the offer was.
    swaps: view.answer === 'accepted' ? null : swaps,
    isSkipped: skipPosition !== null,
    // Once the practice has sent a new link, nobody gets it by an old e-mail.
    manageToken: seriesId === null || (await isLinkReplaced(seriesId)) ? null : await getManageToken(seriesId),
  };
}

/** The skipped dates of a series that are held for its client just now, and until when, by position. */
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

/** One who waits, as the practice sees them. */
export interface WaitingClient extends EntryView {
  client: { id: string | null; name: string; email: string; phone: string | null };
  /** Nobody has their address. */
  hasBounced: boolean;
  /** How often they were offered something. */
  offers: number;
  open: {
    id: string;
    firstStartAt: number;
    sessions: number;
    therapistId: string;
    therapist: string;
    expiresAt: number;
  } | null;
}

/** Time that is held just now for somebody who waits. */
export interface OpenOffer {
  id: string;
  client: { id: string; name: string };
  therapist: string;
  starts: number[];
  expiresAt: number;
  /** A date of their own plan that they had skipped. */
  isSkipped: boolean;
  isUnsent: boolean;
}

/** All offers that are open, the first to end first; to a therapist those of their own time. */
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
  return found.map(({ dates, skipPosition, unsent, ...open }) => {
    const starts = dates.map(({ startsAt }) => startsAt);
    return { ...open, starts, isSkipped: skipPosition !== null, isUnsent: unsent !== null };
  });
}

/** Everybody who waits, the longest first. A therapist sees their own clients and those who would come to them. */
export async function listWaitlist(viewer: Staff, { now }: Clock): Promise<WaitingClient[]> {
  const db = await reader();
  const today = toWall((await getPractice(db)).timeZone, now).on;
  const isTheirs =
    viewer.role === 'therapist'
      ? or(eq(waitlistEntries.therapistId, viewer.therapistId), ownClients(db, viewer))
      : undefined;
  const found = await db
    .select({
      ...entryColumns,
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
    .where(and(isWaitingOn(today), isTheirs))
    .orderBy(asc(waitlistEntries.createdAt), asc(waitlistEntries.id));
  const made = await db
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
  return found.map(({ client, bounced, pending, ...row }) => {
    const theirs = made.filter(({ entryId }) => entryId === row.id);
    const open = theirs.find(({ answeredAt, expiresAt }) => answeredAt === null && expiresAt > now);
    return {
      ...entryView(row),
      client: client ?? { id: null, name: pending.name!, email: pending.email!, phone: pending.phone },
      hasBounced: bounced !== null,
      offers: theirs.length,
      open: open
        ? {
            id: open.id,
            firstStartAt: open.firstStartAt,
            sessions: open.sessions,
            therapistId: open.therapistId,
            therapist: open.therapist,
            expiresAt: open.expiresAt,
          }
        : null,
    };
  });
}

/** One of them. */
export async function findWaitingClient(viewer: Staff, id: string, clock: Clock): Promise<WaitingClient | null> {
  if (!isId(id)) return null;
  return (await listWaitlist(viewer, clock)).find((entry) => entry.id === id) ?? null;
}

/** What an entry could be offered now, the earliest first. */
export async function listPossibleOffers(viewer: Staff, id: string, clock: Clock): Promise<OpenPlan[]> {
  const entry = await findWaitingClient(viewer, id, clock);
  return entry ? listPlansFor(await reader(), id, clock.now) : [];
}

/** Whether nothing is offered by itself just now, because the last offers reached nobody. */
export async function areOffersStopped({ now }: Clock): Promise<boolean> {
  return isMailStopped(await reader(), now);
}

/** What the list has filled since a year ago: sessions that are still booked or took place, and their minutes. */
export async function countFilled({ now }: Clock): Promise<{ sessions: number; minutes: number }> {
  const since = now - 365 * DAY_MS;
  const db = await reader();
  const accepted = await db
    .select({ minutes: waitlistOffers.minutes, dates: waitlistOffers.dates, seriesId: waitlistOffers.seriesId })
    .from(waitlistOffers)
    .where(and(eq(waitlistOffers.answer, 'accepted'), gte(waitlistOffers.answeredAt, since)));
  const ids = accepted.flatMap(({ seriesId }) => seriesId ?? []);
  if (ids.length === 0) return { sessions: 0, minutes: 0 };
  const kept = await db
    .select({ seriesId: appointments.seriesId, startAt: appointments.startAt })
    .from(appointments)
    .where(and(inArray(appointments.seriesId, ids), ne(appointments.status, 'cancelled')));
  const stands = new Set(kept.map(({ seriesId, startAt }) => `${seriesId} ${startAt}`));
  const filled = accepted.flatMap(({ minutes, dates, seriesId }) =>
    dates.filter(({ startsAt }) => stands.has(`${seriesId} ${startsAt}`)).map(() => minutes),
  );
  return { sessions: filled.length, minutes: filled.reduce((sum, minutes) => sum + minutes, 0) };
}

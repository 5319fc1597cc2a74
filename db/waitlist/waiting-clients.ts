import { and, asc, eq, gt, gte, inArray, isNull, ne, or } from 'drizzle-orm';
import { isId, ownClients } from '@/db/access/ownership';
import type { Staff } from '@/db/access/viewer';
import { reader } from '@/db/connection/client';
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
  therapists,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import type { OpenPlan } from '@/scheduling/waitlist';
import { toWall } from '@/scheduling/zone';
import { isWaitingOn } from './entries';
import { type EntryView, entryColumns, entryView } from './entry-view';
import { listPlansFor } from './find-offer';
import { isMailStopped } from './mail-stopped';

// What the practice sees of the waiting list. Looking changes nothing.

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

import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { cachedWhileOfferStands } from '@/db/connection/read-cache';
import { sendTogether } from '@/db/connection/send-together';
import {
  roomServices,
  rooms,
  type ServiceBookingMode,
  serviceLengths,
  services,
  therapistPrices,
  therapistServices,
  therapists,
} from '@/db/schema';
import type { Practice } from './practice';
import { exemptStaff } from './staff-exemption';

/** The firmest pressure: massages with it count towards the caps for deep tissue. */
export const DEEP_PRESSURE = 3;

/** A massage as it is offered now: its description, lengths and prices, who gives it and where. */
export interface ActiveService {
  id: string;
  name: string;
  summary: string;
  suits: string;
  pressure: number;
  setupMinutes: number;
  cleanupMinutes: number;
  lengths: { minutes: number; priceCents: number }[];
  /** The prices of therapists who have their own. */
  ownPrices: { therapistId: string; minutes: number; priceCents: number }[];
  therapists: string[];
  rooms: string[];
  booking: ServiceBookingMode;
  /** The massage's own notice and booking window; null: the practice's. */
  noticeMinutes: number | null;
  windowDays: number | null;
  /** The latest local time at which it may start. */
  latestStart: string | null;
}

export async function listServices(tx?: Db): Promise<ActiveService[]> {
  const db = tx ?? (await reader());
  return cachedWhileOfferStands(db, 'services', async () => {
    return (await readServices(db)).filter(({ isActive }) => isActive).map(({ service }) => service);
  });
}

/**
 * The retired massages too: nobody can book them any more, but what is booked of them can still be moved, swapped and
 * handed over.
 */
export async function listServicesOfBookedDates(tx?: Db): Promise<ActiveService[]> {
  const db = tx ?? (await reader());
  return cachedWhileOfferStands(db, 'services, retired too', async () => {
    return (await readServices(db)).map(({ service }) => service);
  });
}

/**
 * The massages that a visitor can book on the site. The others are booked by phone, or no therapist gives them at
 * present.
 */
export async function listServicesBookableOnline(): Promise<ActiveService[]> {
  return (await listServices()).filter(
    ({ booking, therapists, rooms }) => booking !== 'phone' && therapists.length > 0 && rooms.length > 0,
  );
}

/**
 * The practice's rules for a booking of these massages: clients get the widest rules among them, staff the practice's
 * own window.
 */
export function applyServiceRules(practice: Practice, offered: ActiveService[], isForStaff: boolean): Practice {
  return isForStaff ? exemptStaff(practice, isForStaff) : mergeWidestServiceRules(practice, offered);
}

/**
 * The practice with the shortest notice and the furthest window of these massages. Each start is still checked against
 * its own massage.
 */
export function mergeWidestServiceRules(practice: Practice, offered: ActiveService[]): Practice {
  if (offered.length === 0) return practice;
  return {
    ...practice,
    noticeMinutes: Math.min(...offered.map(({ noticeMinutes }) => noticeMinutes ?? practice.noticeMinutes)),
    windowDays: Math.max(...offered.map(({ windowDays }) => windowDays ?? practice.windowDays)),
  };
}

const selectServices = preparedQuery((on) => on.select().from(services).orderBy(asc(services.position)));

const selectLengths = preparedQuery((on) => on.select().from(serviceLengths).orderBy(asc(serviceLengths.minutes)));

const selectOwnPrices = preparedQuery((on) => on.select().from(therapistPrices).orderBy(asc(therapistPrices.minutes)));

const selectGivers = preparedQuery((on) =>
  on
    .select({
      serviceId: therapistServices.serviceId,
      ids: sql<string>`string_agg(${therapists.id}, ' ' order by ${therapists.position})`,
    })
    .from(therapistServices)
    .innerJoin(therapists, and(eq(therapists.id, therapistServices.therapistId), eq(therapists.isActive, true)))
    .groupBy(therapistServices.serviceId),
);

const selectRooms = preparedQuery((on) =>
  on
    .select({
      serviceId: roomServices.serviceId,
      ids: sql<string>`string_agg(${rooms.id}, ' ' order by ${rooms.position})`,
    })
    .from(roomServices)
    .innerJoin(rooms, and(eq(rooms.id, roomServices.roomId), eq(rooms.isActive, true)))
    .groupBy(roomServices.serviceId),
);

async function readServices(db: Db): Promise<{ isActive: boolean; service: ActiveService }[]> {
  const [all, lengths, ownPrices, givers, places] = await sendTogether([
    selectServices(db),
    selectLengths(db),
    selectOwnPrices(db),
    // One text per massage instead of rows: a chain of practices has a thousand of each, and drizzle spends most of its
    // time on rows.
    selectGivers(db),
    selectRooms(db),
  ]);
  const idsOf = (found: { serviceId: string; ids: string }[], id: string) =>
    found.find(({ serviceId }) => serviceId === id)?.ids.split(' ') ?? [];
  return all.map(({ isActive, position: _, ...row }) => {
    const isOfIt = ({ serviceId }: { serviceId: string }) => serviceId === row.id;
    const service = {
      ...row,
      lengths: lengths.filter(isOfIt).map(({ minutes, priceCents }) => ({ minutes, priceCents })),
      ownPrices: ownPrices
        .filter(isOfIt)
        .map(({ therapistId, minutes, priceCents }) => ({ therapistId, minutes, priceCents })),
      therapists: idsOf(givers, row.id),
      rooms: idsOf(places, row.id),
    };
    return { isActive, service };
  });
}

import { aliasedTable, and, asc, eq, ne } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import { visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, series, therapists } from '@/db/schema';

// Two series that were booked together, for two people side by side. Each has its own link and can be moved or
// cancelled alone. Of the other series a link shows only who comes at the same time, and to which therapist.

/** The person who comes at the same time, with the dates that still match. */
export interface OtherPersonSeries {
  seriesId: string;
  client: string;
  dates: { uid: string; startsAt: number; therapist: string }[];
}

/** Null if the series is for one person, or if none of its dates matches the other's any more. */
export async function getPairedSeries(
  viewer: Viewer,
  seriesId: string,
  now: number,
): Promise<OtherPersonSeries | null> {
  const db = await reader();
  const [seen] = await db
    .select({ id: series.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), visibleSeriesCondition(db, viewer)));
  return seen ? getPairedSeriesUnchecked(db, seriesId, now) : null;
}

/** Like `getPairedSeries` but without a permission check: for db/ only. */
export async function getPairedSeriesUnchecked(
  db: Db,
  seriesId: string,
  now: number,
): Promise<OtherPersonSeries | null> {
  const own = aliasedTable(series, 'own');
  const ownDates = aliasedTable(appointments, 'own_dates');
  const found = await db
    .select({
      seriesId: series.id,
      client: clients.name,
      uid: appointments.id,
      startsAt: appointments.startAt,
      endsAt: appointments.endAt,
      therapist: therapists.name,
    })
    .from(own)
    .innerJoin(series, and(eq(series.pairId, own.pairId), ne(series.id, own.id)))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(appointments, and(eq(appointments.seriesId, series.id), eq(appointments.status, 'booked')))
    .innerJoin(
      ownDates,
      and(eq(ownDates.seriesId, own.id), eq(ownDates.status, 'booked'), eq(ownDates.startAt, appointments.startAt)),
    )
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .where(eq(own.id, seriesId))
    .orderBy(asc(appointments.startAt));
  const dates = found.filter(({ endsAt }) => endsAt > now);
  const [first] = dates;
  if (!first) return null;
  return {
    seriesId: first.seriesId,
    client: first.client,
    dates: dates.map(({ uid, startsAt, therapist }) => ({ uid, startsAt, therapist })),
  };
}

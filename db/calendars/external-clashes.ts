import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, calendarImports, clients } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { flatPairsToIntervals } from './import-busy-times';

// A booking stays, whatever a therapist's own calendar says: the therapist is told where the two clash.

export interface ExternalClash {
  uid: string;
  therapistId: string;
  clientName: string;
  startsAt: number;
}

/**
 * Upcoming appointments during busy times of a therapist's own calendar, earliest first. Therapists get their own,
 * other staff everybody's.
 */
export async function listExternalClashes(viewer: Staff, { now }: Clock): Promise<ExternalClash[]> {
  const db = await reader();
  const isSeen = viewer.role === 'therapist' ? eq(calendarImports.therapistId, viewer.therapistId) : undefined;
  const imports = await db
    .select({ therapistId: calendarImports.therapistId, busy: calendarImports.busy })
    .from(calendarImports)
    .where(isSeen);
  const found = await Promise.all(imports.map((each) => listClashesOf(db, each, now)));
  return found.flat().sort((a, b) => a.startsAt - b.startsAt);
}

async function listClashesOf(
  db: Db,
  { therapistId, busy: flat }: { therapistId: string; busy: number[] },
  now: number,
): Promise<ExternalClash[]> {
  const busy = flatPairsToIntervals(flat).filter(({ end }) => end > now);
  const last = busy.at(-1);
  if (!last) return [];
  const booked = await db
    .select({
      uid: appointments.id,
      clientName: clients.name,
      startsAt: appointments.startAt,
      start: appointments.paddedStartAt,
      end: appointments.paddedEndAt,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        eq(appointments.therapistId, therapistId),
        eq(appointments.status, 'booked'),
        gt(appointments.paddedStartAt, now - LONGEST_APPOINTMENT_MS),
        gt(appointments.endAt, now),
        lt(appointments.paddedStartAt, last.end),
      ),
    )
    .orderBy(asc(appointments.paddedStartAt));
  return whichMeet(booked, busy).map(({ uid, clientName, startsAt }) => ({ uid, therapistId, clientName, startsAt }));
}

/** The bookings that overlap one of `busy`, whose intervals are sorted and disjoint. Each list is walked once. */
function whichMeet<T extends Interval>(booked: T[], busy: Interval[]): T[] {
  let next = 0;
  return booked.filter(({ start, end }) => {
    while (next < busy.length && busy[next]!.end <= start) next++;
    return next < busy.length && busy[next]!.start < end;
  });
}

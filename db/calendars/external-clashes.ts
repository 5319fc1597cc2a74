import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, calendarImports, clients } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { flatPairsToIntervals } from './import-busy-times';

// What is booked stays, whatever a therapist's own calendar says: they are told where the two meet.

export interface ExternalClash {
  uid: string;
  therapistId: string;
  clientName: string;
  startsAt: number;
}

/** Appointments to come that a therapist's own calendar is busy at, earliest first: their own, or everybody's. */
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

/** Those that meet one of `busy`, whose intervals are in order and apart: each list is walked once. */
function whichMeet<T extends Interval>(booked: T[], busy: Interval[]): T[] {
  let next = 0;
  return booked.filter(({ start, end }) => {
    while (next < busy.length && busy[next]!.end <= start) next++;
    return next < busy.length && busy[next]!.start < end;
  });
}

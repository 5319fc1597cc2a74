import { and, count, desc, eq, gte, lt, lte, type SQL } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, clients, series, services, therapists } from '@/db/schema';
import { LONGEST_APPOINTMENT_MS } from './longest-appointment-ms';

// Dates that are over, and of which nobody has said whether they took place. Until then they count neither as done nor
// as missed. A therapist sees their own, the front desk and the owner all.

/** How far back the calendar's notice looks, in days. */
export const UNMARKED_NOTICE_DAYS = 30;
const MOST = 200;
const DAY_MS = 86_400_000;

export interface UnmarkedDate {
  uid: string;
  version: number;
  startsAt: number;
  clientName: string;
  serviceName: string;
  therapistName: string;
}

export function unmarkedCondition(now: number): SQL | undefined {
  return and(eq(appointments.status, 'booked'), lte(appointments.endAt, now));
}

/** How many ended before today, within the days of the notice. */
export async function countUnmarkedDates(viewer: Staff, { todayStart }: { todayStart: number }): Promise<number> {
  const since = todayStart - UNMARKED_NOTICE_DAYS * DAY_MS;
  const [found] = await (await reader())
    .select({ many: count() })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        // The index begins with the padded start.
        gte(appointments.paddedStartAt, since - LONGEST_APPOINTMENT_MS),
        lt(appointments.paddedStartAt, todayStart),
        gte(appointments.startAt, since),
        unmarkedCondition(todayStart),
        editableAppointmentsCondition(viewer),
      ),
    );
  return found!.many;
}

/** All that are over by now, the newest first; older ones follow as these are marked. */
export async function listUnmarkedDates(viewer: Staff, { now }: Clock): Promise<UnmarkedDate[]> {
  return (await reader())
    .select({
      uid: appointments.id,
      version: appointments.version,
      startsAt: appointments.startAt,
      clientName: clients.name,
      serviceName: services.name,
      therapistName: therapists.name,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .where(and(lt(appointments.paddedStartAt, now), unmarkedCondition(now), editableAppointmentsCondition(viewer)))
    .orderBy(desc(appointments.startAt), desc(appointments.id))
    .limit(MOST);
}

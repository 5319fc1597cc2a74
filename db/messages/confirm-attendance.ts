import { and, eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { readAttendanceToken } from '@/db/access/emailed-link-tokens';
import { getManageLinkGeneration } from '@/db/access/manage-tokens';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, attendanceConfirmations, clients, series, services, therapists } from '@/db/schema';

// "I'm coming": a client confirms one date, as it stands, by the link of a reminder. That link can do nothing else.

/** What the page of such a link shows. */
export interface AttendanceDate {
  start: number;
  end: number;
  therapist: string;
  service: string;
  /** The client, where somebody else booked for them and reads the reminder. */
  forClient: string | null;
  state: 'asked' | 'confirmed' | 'cancelled' | 'over';
}

/** The date of a link; null where there is no such link. Looking changes nothing. */
export async function findAttendanceDate(token: string, { now }: Clock): Promise<AttendanceDate | null> {
  const db = await reader();
  const uid = await readUid(db, token);
  return uid === null ? null : readDate(db, uid, now);
}

function readUid(db: Db, token: string): Promise<string | null> {
  return readAttendanceToken(token, async (appointmentId) => {
    const [date] = await db
      .select({ seriesId: appointments.seriesId })
      .from(appointments)
      .where(eq(appointments.id, appointmentId));
    return date ? getManageLinkGeneration(db, date.seriesId) : null;
  });
}

async function readDate(db: Db, uid: string, now: number): Promise<AttendanceDate | null> {
  const [found] = await db
    .select({
      start: appointments.startAt,
      end: appointments.endAt,
      status: appointments.status,
      therapist: therapists.name,
      service: services.name,
      client: clients.name,
      bookedBy: series.bookedBy,
      confirmedAt: attendanceConfirmations.confirmedAt,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .leftJoin(
      attendanceConfirmations,
      and(
        eq(attendanceConfirmations.appointmentId, appointments.id),
        eq(attendanceConfirmations.startAt, appointments.startAt),
      ),
    )
    .where(eq(appointments.id, uid));
  if (!found) return null;
  const { status, confirmedAt, client, bookedBy, ...when } = found;
  const date = { ...when, forClient: bookedBy === null ? null : client };
  if (status === 'cancelled') return { ...date, state: 'cancelled' };
  if (status !== 'booked' || date.start <= now) return { ...date, state: 'over' };
  return { ...date, state: confirmedAt === null ? 'asked' : 'confirmed' };
}

/**
 * Records that the client will come. `start` is the one that they saw: if the date has moved since, nothing is
 * recorded.
 */
export async function confirmAttendance(
  token: string,
  start: number,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'over' | 'moved'>> {
  return transact(async (tx) => {
    const uid = await readUid(tx, token);
    if (uid === null) return { ok: false as const, reason: 'not_found' as const };
    const date = await readDate(tx, uid, now);
    if (!date) return { ok: false as const, reason: 'not_found' as const };
    if (date.state === 'over' || date.state === 'cancelled') return { ok: false as const, reason: 'over' as const };
    if (date.start !== start) return { ok: false as const, reason: 'moved' as const };
    const noted = await tx
      .insert(attendanceConfirmations)
      .values({ appointmentId: uid, startAt: start, confirmedAt: now })
      .onConflictDoNothing()
      .returning({ uid: attendanceConfirmations.appointmentId });
    const [row] = await tx
      .select({ seriesId: appointments.seriesId })
      .from(appointments)
      .where(eq(appointments.id, uid));
    if (noted.length > 0 && row) {
      const actor = getAuditActor({ role: 'link', seriesId: row.seriesId });
      await recordEvent(tx, {
        at: now,
        actor,
        action: 'said they come',
        subject: `appointment:${uid}`,
        facts: { start },
      });
    }
    return { ok: true as const };
  });
}

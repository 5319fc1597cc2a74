import { and, asc, eq, gt, inArray, lt, ne } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, therapists } from '@/db/schema';
import { type DateWithReplacementTimes, proposeReplacementTimes } from './propose-replacement-times';
import {
  findTimeOffIssue,
  overlapsTimeOffParts,
  type TimeOffRequest,
  toTimeOffPartSpans,
  toTimeOffSpan,
} from './time-off-span';

// The booked dates in the way of time off: shown with where each could go, and found again when it is taken.

/** The dates that are booked then, with how to reach each client and where the date could go. Writes nothing. */
export async function listDatesInTimeOff(
  viewer: Staff,
  request: TimeOffRequest,
  { now }: Clock,
): Promise<DateWithReplacementTimes[]> {
  if (findTimeOffIssue(request, now)) return [];
  const db = await reader();
  const own = await listOwnTherapistIds(db, viewer, request.therapistIds);
  const { rows, span, parts } = await findDatesInTimeOff(db, own, request, now);
  const away = { therapistIds: own, ...span, ...(request.parts && { parts }) };
  return proposeReplacementTimes(db, await getPractice(db), rows, { away }, now);
}

/** Their appointments in that time, including those that are over or under way; `rows` are those still to be given. */
export async function findDatesInTimeOff(db: Db, therapistIds: string[], request: TimeOffRequest, now: number) {
  const { start, end } = toTimeOffSpan(request, now);
  const span = { start, end: request.end === null ? null : end };
  const parts = toTimeOffPartSpans(request, now);
  const overlapping = (await listAppointmentsWithin(db, therapistIds, span)).filter((row) =>
    overlapsTimeOffParts(row, parts),
  );
  const rows = overlapping.filter(
    ({ status, begunAt, endAt }) => status === 'booked' && begunAt === null && endAt > now,
  );
  return { overlapping, rows, span, parts };
}

/** The named therapists who work here and whose time off the viewer may take. */
export async function listOwnTherapistIds(db: Db, viewer: Staff, therapistIds: string[]): Promise<string[]> {
  const ownCondition = viewer.role === 'therapist' ? eq(therapists.id, viewer.therapistId) : undefined;
  const found = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(and(inArray(therapists.id, therapistIds), eq(therapists.isActive, true), ownCondition));
  return found.map(({ id }) => id);
}

async function listAppointmentsWithin(
  db: Db,
  therapistIds: string[],
  { start, end }: { start: number; end: number | null },
): Promise<AppointmentRow[]> {
  if (therapistIds.length === 0) return [];
  return db
    .select()
    .from(appointments)
    .where(
      and(
        inArray(appointments.therapistId, therapistIds),
        gt(appointments.paddedStartAt, start - LONGEST_APPOINTMENT_MS),
        end === null ? undefined : lt(appointments.paddedStartAt, end),
        gt(appointments.paddedEndAt, start),
        ne(appointments.status, 'cancelled'),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
}

import { inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { type Practice, toNotificationPractice } from '@/db/practice/practice';
import { services, therapists } from '@/db/schema';
import type { Notification } from '@/scheduling/notification-types';
import type { SeriesRequest } from './booking-request-schemas';

export type BookingRequestState = Extract<Notification, { kind: 'request' }>['state'];

/**
 * Builds the message about a request that is not booked: its dates and therapists, and nothing that its sender wrote.
 */
export async function buildRequestNotification(
  tx: Db,
  about: { practice: Practice; state: BookingRequestState; requestId: string; request: SeriesRequest; until: number },
): Promise<Extract<Notification, { kind: 'request' }>> {
  const { practice, state, requestId, request, until } = about;
  const { appointments, beside, minutes } = request;
  const nameOf = await namesOf(tx, therapists, [
    ...appointments.map(({ therapistId }) => therapistId),
    ...(beside?.therapistIds ?? []),
  ]);
  const giversOf = (therapistId: string, at: number) =>
    [nameOf.get(therapistId), nameOf.get(beside?.therapistIds[at] ?? '')].filter(Boolean).join(' and ') || null;
  const serviceOf = await namesOf(tx, services, [
    ...appointments.map(({ serviceId }) => serviceId),
    ...(beside?.serviceIds ?? []),
  ]);
  const massagesOf = (serviceId: string, at: number) =>
    [...new Set([serviceId, beside?.serviceIds?.[at] ?? serviceId])].map((id) => serviceOf.get(id) ?? '').join(', ');
  return {
    kind: 'request',
    state,
    practice: toNotificationPractice(practice),
    requestId,
    until,
    dates: appointments.map(({ startsAt, therapistId, serviceId }, at) => ({
      start: startsAt,
      end: startsAt + minutes * 60_000,
      therapist: giversOf(therapistId, at),
      service: massagesOf(serviceId, at),
    })),
  };
}

async function namesOf(tx: Db, table: typeof therapists | typeof services, ids: string[]) {
  const found = await tx
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(inArray(table.id, [...new Set(ids)]));
  return new Map(found.map(({ id, name }) => [id, name]));
}

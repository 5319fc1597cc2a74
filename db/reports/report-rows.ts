import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import type { PaymentMethod } from '@/db/money/build-ledger-entries';
import { appointments, clients, type LedgerKind, services, therapists } from '@/db/schema';

export interface ReportRow {
  id: string;
  at: number;
  /** The end, if the list is of hours. */
  until?: number;
  appointmentId: string | null;
  therapistId: string | null;
  serviceId: string | null;
  clientId: string | null;
  client: string | null;
  therapist: string | null;
  service: string | null;
  /** If the list is of money: what was entered, how it was paid, and the receipt that it has or reverses. */
  kind?: LedgerKind;
  way?: PaymentMethod | null;
  receipt?: number | null;
  /** The page of the library that was read. */
  slug?: string;
  /** Cents, minutes or a count, depending on the list. */
  amount: number;
  /** The number of dates, if the list is of plans. */
  outOf?: number;
}

/** Appointments with the related names, their length and their price. */
export function selectDateRows(db: Db) {
  return db
    .select({
      id: appointments.id,
      appointmentId: appointments.id,
      therapistId: appointments.therapistId,
      serviceId: appointments.serviceId,
      at: appointments.startAt,
      clientId: clients.id,
      client: clients.name,
      therapist: therapists.name,
      service: services.name,
      status: appointments.status,
      minutes: appointments.minutes,
      paddedStart: appointments.paddedStartAt,
      paddedEnd: appointments.paddedEndAt,
      amount: appointments.priceCents,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId));
}

import { appointments, clients, rooms, series, services } from '@/db/schema';

/** The columns of an appointment that every staff view shows. */
export const STAFF_APPOINTMENT_COLUMNS = {
  uid: appointments.id,
  seriesUid: appointments.seriesId,
  startsAt: appointments.startAt,
  endsAt: appointments.endAt,
  paddedStartsAt: appointments.paddedStartAt,
  paddedEndsAt: appointments.paddedEndAt,
  nominalStartsAt: appointments.nominalStartAt,
  therapistId: appointments.therapistId,
  clientName: clients.name,
  clientPhone: clients.phone,
  service: { id: services.id, name: services.name },
  room: { id: rooms.id, name: rooms.name },
  minutes: appointments.minutes,
  position: appointments.position,
  sessions: series.sessions,
  status: appointments.status,
  arrivedAt: appointments.arrivedAt,
  begunAt: appointments.begunAt,
  version: appointments.version,
  seriesVersion: series.version,
};

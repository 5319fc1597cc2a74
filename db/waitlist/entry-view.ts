import { appointments, services, therapists, waitlistEntries } from '@/db/schema';

// An entry of the waiting list as its pages show it.

export interface WaitlistEntryView {
  id: string;
  service: string;
  minutes: number;
  /** Null is anyone. */
  therapist: string | null;
  cadence: 'once' | 'weekly' | 'biweekly';
  sessions: number;
  fromOn: string;
  untilOn: string;
  dayParts: number;
  atTime: string | null;
  isUrgent: boolean;
  createdAt: number;
  isConfirmed: boolean;
  /** Who joined the list for somebody else; null where they wait themselves. */
  bookedBy: string | null;
  /** The date that a sooner one would be in place of. */
  swaps: number | null;
}

export const waitlistEntryColumns = {
  id: waitlistEntries.id,
  service: services.name,
  minutes: waitlistEntries.minutes,
  therapist: therapists.name,
  cadence: waitlistEntries.cadence,
  sessions: waitlistEntries.sessions,
  fromOn: waitlistEntries.fromOn,
  untilOn: waitlistEntries.untilOn,
  dayParts: waitlistEntries.dayParts,
  atTime: waitlistEntries.atTime,
  isUrgent: waitlistEntries.isUrgent,
  createdAt: waitlistEntries.createdAt,
  confirmedAt: waitlistEntries.confirmedAt,
  bookedBy: waitlistEntries.bookedBy,
  swaps: appointments.startAt,
};

export function toWaitlistEntryView({
  confirmedAt,
  ...row
}: { confirmedAt: number | null } & Omit<WaitlistEntryView, 'isConfirmed'>): WaitlistEntryView {
  return { ...row, isConfirmed: confirmedAt !== null };
}

import { appointments, services, therapists, waitlistEntries } from '@/db/schema';

// A waitlist entry as its pages show it.

export interface WaitlistEntryView {
  id: string;
  service: string;
  minutes: number;
  /** Null means any therapist. */
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
  /** The person who joined the list for somebody else; null where clients wait for themselves. */
  bookedBy: string | null;
  /** The start of the date that a sooner one would replace. */
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

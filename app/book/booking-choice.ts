import type { PressureProgression } from '@/care/pressure-ladder';
import type { Cadence } from '@/scheduling/cadence';
import type { SecondMassage } from './side-by-side';

// What a reader has chosen of a booking so far, and what they can choose from.

export const bookingSteps = ['massage', 'time', 'dates', 'you'] as const;
export type BookingStepId = (typeof bookingSteps)[number];

export const dayParts = ['all', 'morning', 'lunch', 'afternoon', 'evening', 'saturday'] as const;
export type DayPart = (typeof dayParts)[number];

export interface OfferedService {
  id: string;
  name: string;
  pressure: number;
  lengths: { minutes: number; priceCents: number }[];
  /** The prices of therapists who charge their own for this massage. */
  ownPrices?: { therapistId: string; minutes: number; priceCents: number }[];
  therapists: string[];
  rooms?: string[];
}

/** The plan that a question's page suggests; the reader may change every value. */
interface Suggestion {
  slug: string;
  minutes: number;
  cadence: Cadence;
  /** One service id for each session. */
  ladder: string[];
}

/** What is shown of a therapist where readers choose one. */
interface Portrayed {
  about: string;
  portraitId: string | null;
}

export interface BookingOptions<Service extends OfferedService = OfferedService> {
  services: Service[];
  therapists: (Partial<Portrayed> & { id: string; name: string })[];
  question?: Suggestion | null;
  /** What the second of two people may have, where that is more than the first may have. */
  secondServices?: Service[];
  maxSessions: number;
  /** Today by the practice's time zone. */
  today: string;
  windowDays: number;
}

/** What replaces one date of the series: another time, or nothing. */
export type ReplacementDate =
  | { kind: 'skip' }
  | { kind: 'move'; on: string; time: string; therapistId: string; besideId?: string };

export interface BookingChoice {
  step: BookingStepId;
  serviceId: string;
  minutes: number;
  cadence: Cadence;
  sessions: number;
  /** The requested number of sessions, kept while the cadence `once` makes `sessions` one. */
  wanted: number;
  /** Two people come at the same time, side by side. */
  isForTwo: boolean;
  /** What the second person has; null where one person comes. */
  second: SecondMassage | null;
  /**
   * Null means anyone. For two people it is one of their therapists; where each has a different massage, the therapist
   * of the first.
   */
  therapistId: string | null;
  from: string | null;
  preset: PressureProgression | 'own';
  /** One service id for each session. */
  ladder: string[];
  week: string | null;
  day: string | null;
  part: DayPart;
  everyStart: boolean;
  /** `besideId` is the therapist of the second person, where two come at the same time. */
  standing: { on: string; time: string; therapistId: string; besideId?: string } | null;
  picks: Record<number, ReplacementDate>;
  /** Shared by two tabs and the back button, so that together they make one booking. */
  key: string | null;
  /** From an e-mail: proves that the times held after the reader's last date are held for them. */
  again: string | null;
}

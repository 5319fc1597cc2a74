// What must be told to people when a booking is made or changed: plain facts, from which mail is written later.
// They are stored until they are sent, so they hold no secret (links are made at sending) and no health data.

import type { Cadence } from './cadence';

/** The practice as a message names it. */
export interface ToldPractice {
  name: string;
  address: string;
  phone: string;
  email: string;
  timeZone: string;
  currency: string;
  locale: string;
  isDemo: boolean;
}

/** One appointment as a message tells it; `start` and `end` are instants in ms UTC, `end` exclusive. */
export interface ToldAppointment {
  uid: string;
  position: number;
  start: number;
  end: number;
  therapist: string;
  service: string;
  priceCents: number;
  sequence: number;
  status: 'booked' | 'cancelled';
  /** Where the plan had it, when it is somewhere else now. */
  movedFrom?: number;
}

/** A series as a message tells it; `appointments` are all that still stand, and those just changed, in order. */
export interface ToldSeries {
  uid: string;
  cadence: Cadence;
  sessions: number;
  clientName: string;
  appointments: ToldAppointment[];
  /** Where dates to come were skipped; absent in what was written before they were told. */
  skipped?: number[];
  cancelCutoffMinutes: number;
  moveCutoffMinutes: number;
  /** Nobody has confirmed the client's e-mail address yet: their message holds a link that does. */
  isUnconfirmed?: boolean;
}

/** One date of a request, which is not booked; `therapist` is null where the practice may choose. */
export interface RequestedDate {
  start: number;
  end: number;
  therapist: string | null;
  service: string;
}

/** One message to one person. `changed` lists the uids of the appointments it is about. */
export type Telling =
  | { kind: 'booked'; audience: 'client' | 'therapist'; practice: ToldPractice; series: ToldSeries }
  | {
      kind: 'cancelled';
      audience: 'client' | 'therapist';
      practice: ToldPractice;
      series: ToldSeries;
      changed: string[];
    }
  | { kind: 'moved'; audience: 'client' | 'therapist'; practice: ToldPractice; series: ToldSeries; changed: string[] }
  /** A date that was skipped can be had again: by whoever books it first. */
  | { kind: 'freed'; practice: ToldPractice; seriesUid: string; start: number; therapist: string }
  /** `nonce` alone opens nothing: the link is made from it and the server's secret when the mail is sent. */
  | { kind: 'sign_in'; practice: ToldPractice; nonce: string; expiresAt: number; callbackUrl: string }
  /** A question was answered, or a page mended. `askedId` leads to the page; the mail says nothing of its subject. */
  | { kind: 'answered'; about: 'question' | 'report'; practice: ToldPractice; askedId: string }
  /**
   * What was asked for and not booked: to its client, or (`new`) to the practice that is to approve it. `until` is when
   * it is forgotten.
   */
  | {
      kind: 'request';
      state: 'to_confirm' | 'to_approve' | 'declined' | 'taken' | 'new';
      practice: ToldPractice;
      requestId: string;
      until: number;
      dates: RequestedDate[];
    }
  | {
      kind: 'manage_links';
      practice: ToldPractice;
      series: { uid: string; firstStart: number; sessions: number; service: string }[];
    };

/** A message about a series: what its appointments are. */
export type SeriesTelling = Extract<Telling, { kind: 'booked' | 'cancelled' | 'moved' }>;

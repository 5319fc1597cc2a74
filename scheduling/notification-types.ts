// Which facts does a notification hold when a booking is made or changed? Each e-mail is written from them. The outbox
// stores what happened; the text is made from the live rows when the e-mail is sent. Neither holds a secret (links are
// made at sending) or health data.

import type { Cadence } from './cadence';
import type { WaitlistWording } from './format-waitlist-request';
import type { MailLanguage } from './mail-language';

/** The practice as a message names it. */
export interface NotificationPractice {
  name: string;
  address: string;
  phone: string;
  email: string;
  /** Whom its mail comes from, where that is not `email`; and where answers go, where that is somewhere else. */
  mailFrom?: string;
  mailReplyTo?: string;
  /** Its own words around the facts, to its clients: below the greeting, and at the end. */
  opening?: string;
  closing?: string;
  timeZone: string;
  currency: string;
  locale: string;
  /** What the message is written in; older versions wrote English, and did not say so. */
  language?: MailLanguage;
  isDemo: boolean;
  /** One of the palettes of its pages. */
  colour?: string;
  /** Its logo, in an e-mail that is being sent; never stored with it. */
  mark?: { type: string; base64: string };
}

/** One appointment as a message describes it; `start` and `end` are instants in ms UTC, `end` exclusive. */
export interface NotificationAppointment {
  uid: string;
  position: number;
  start: number;
  end: number;
  therapist: string;
  service: string;
  priceCents: number;
  sequence: number;
  status: 'booked' | 'cancelled';
  /** Where it was before this message, when it is somewhere else now. */
  movedFrom?: number;
  /** With whom it was before this message, when it is with somebody else now. */
  wasWith?: string;
  /** Who gives it from now on, where it is cancelled only for the therapist who reads this. */
  nowWith?: string;
  /** How long it was before this message, when it is longer or shorter now. */
  wasMinutes?: number;
  /** Who gave it up; absent in messages of versions that did not say. */
  cancelledBy?: 'practice' | 'client';
}

/** A series as a message describes it; `appointments` are all still booked, and those just changed, in order. */
export interface NotificationSeries {
  uid: string;
  cadence: Cadence;
  sessions: number;
  /** Empty in a message to an address that nobody has confirmed: it carries no words of a stranger's. */
  clientName: string;
  /** Who booked it for the client, and reads the message; never to an address that nobody has confirmed. */
  bookedBy?: string;
  /** Its reader booked it for somebody else, who may not be named because nobody has confirmed the address. */
  isForAnother?: true;
  /**
   * Who comes at the same time, side by side, and to whom; without their name to an address that nobody has confirmed.
   * `isReader` where it is the one who booked both.
   */
  beside?: { name: string; therapists: string[]; isReader?: true };
  appointments: NotificationAppointment[];
  /** Starts of skipped upcoming dates; absent in messages of versions that did not name them. */
  skipped?: number[];
  cancelCutoffMinutes: number;
  moveCutoffMinutes: number;
  /** What else the practice asks of those whose plans change: how often a date may be moved (0: as often as one likes), and
   * how long a client who is late is waited for, in minutes. */
  rules?: { movesPerDate: number; graceMinutes: number };
  /** The same in English, as versions wrote it that knew no other language. */
  houseRules?: string;
  /** The practice's own words on late cancelling and on not coming. */
  noShowWords?: string;
  /** Nobody has confirmed the client's e-mail address yet: their message holds a link that does. */
  isUnconfirmed?: boolean;
  /** Its client wants a reminder a day before in their calendar. */
  hasCalendarAlarm?: boolean;
}

/** One date of a request, which is not booked; `therapist` is null where the practice may choose. */
export interface RequestedDate {
  start: number;
  end: number;
  therapist: string | null;
  service: string;
}

/** A date of a reminder. Until when it can be moved or cancelled online; null: not online any more. */
export interface ReminderDate {
  uid: string;
  start: number;
  end: number;
  therapist: string;
  service: string;
  moveUntil: number | null;
  cancelUntil: number | null;
}

/** A date as a text message names it. */
type TextedDate = Pick<ReminderDate, 'uid' | 'start' | 'therapist'>;

/**
 * Whom an e-mail greets: the client, or whoever booked for them. Names go to confirmed addresses alone; any other is told
 * only if the dates are for somebody else.
 */
export interface GreetedNames {
  clientName: string;
  bookedBy?: string;
  isForAnother?: true;
}

interface AboutSeries {
  audience: 'client' | 'therapist';
  /** Why, in the practice's own words; to its client alone. */
  reason?: string;
  practice: NotificationPractice;
  series: NotificationSeries;
}

/**
 * One message to one person. `changed` lists the uids of the appointments it is about; of a `booked` one that has none,
 * all that stand. `changed` as a kind is several changes in one message: `added` are those that are new in it.
 */
export type Notification =
  | ({ kind: 'booked'; changed?: string[] } & AboutSeries)
  | ({ kind: 'cancelled'; changed: string[] } & AboutSeries)
  | ({ kind: 'moved'; changed: string[] } & AboutSeries)
  | ({ kind: 'changed'; changed: string[]; added: string[] } & AboutSeries)
  /** A date that was skipped can be had again: by whoever books it first. */
  | {
      kind: 'freed';
      practice: NotificationPractice;
      seriesUid: string;
      start: number;
      therapist: string;
      /** Looked up when it is sent. */
      who?: GreetedNames;
    }
  /** `nonce` alone opens nothing: the link is made from it and the server's secret when the mail is sent. */
  | { kind: 'sign_in'; practice: NotificationPractice; nonce: string; expiresAt: number; callbackUrl: string }
  /** To the address with which a member of staff wants to sign in from now on: its link makes the change. */
  | { kind: 'new_address'; practice: NotificationPractice; changeId: string; expiresAt: number }
  /**
   * To the address with which a member of staff signed in until now. The new one is not in it; its link undoes the
   * change.
   */
  | { kind: 'address_changed'; practice: NotificationPractice; changeId: string; expiresAt: number }
  /**
   * A question was answered, or a page fixed. `askedId` leads to the page, or to the practice's own words; the mail says
   * nothing of its subject.
   */
  | {
      kind: 'answered';
      about: 'question' | 'report';
      practice: NotificationPractice;
      askedId: string;
      isInWords?: true;
    }
  /** To the practice: readers' questions and reports wait. The mail holds no word of them. */
  | { kind: 'asked'; practice: NotificationPractice; waiting: number }
  /**
   * Asks a client how it is, before or after the date at `start`; `slot` tells it from others of its kind. Nothing of
   * their health is in it.
   */
  | {
      kind: 'score_ask';
      ask: 'before' | 'session' | 'after' | 'check_in';
      practice: NotificationPractice;
      seriesUid: string;
      slot: string;
      start: number;
      /** Looked up when it is sent. */
      who?: GreetedNames;
    }
  /**
   * Reminds a client of a date, or of all dates of a week. `step` is how many minutes before, 0 the line of a week. Of
   * forms it says only that there is one.
   */
  | {
      kind: 'reminder';
      practice: NotificationPractice;
      seriesUid: string;
      step: number;
      /** Empty where nobody has confirmed the address. */
      clientName: string;
      /** Who booked it for the client. */
      bookedBy?: string;
      isForAnother?: true;
      dates: ReminderDate[];
      forms: ('health' | 'before')[];
    }
  /** Reminds of one date by a text message: to a number, not to an address. It names neither client nor massage. */
  | { kind: 'reminder_text'; practice: NotificationPractice; seriesUid: string; step: number; date: TextedDate }
  /** After the date `uid`, to its client: that it can be booked again as in `again`, or that they were missed. */
  | {
      kind: 'follow_up';
      about: 'again' | 'missed';
      practice: NotificationPractice;
      uid: string;
      seriesUid: string;
      clientName: string;
      /** Who booked it for the client. */
      bookedBy?: string;
      start: number;
      service: string;
      therapist: string;
      /** The local day and hour are those of the next date in the rhythm of the plan. */
      again: {
        serviceId: string;
        minutes: number;
        cadence: Cadence;
        sessions: number;
        therapistId: string;
        on: string;
        time: string;
        /** The first dates are kept for its reader, or are not free; absent where anybody may book them. */
        held?: { state: 'kept'; until: number; starts: number[] } | { state: 'taken' };
      };
    }
  /** The practice's own words to a client, as they were typed. */
  | { kind: 'message'; practice: NotificationPractice; words: string }
  /**
   * What was asked for and not booked: to its client, or (`new`) to the practice that is to approve it. `until` is when
   * it is forgotten.
   */
  | {
      kind: 'request';
      state: 'to_confirm' | 'to_approve' | 'declined' | 'taken' | 'new';
      practice: NotificationPractice;
      requestId: string;
      until: number;
      dates: RequestedDate[];
    }
  /**
   * Somebody waits for a time. `joined`: confirms their request, which they must first confirm themselves if
   * `mustConfirm`. `offer`: these dates are held for them until `until`.
   */
  | {
      kind: 'waitlist';
      state: 'joined';
      practice: NotificationPractice;
      entryId: string;
      mustConfirm: boolean;
      /** What for; looked up when it is sent. */
      waitsFor?: WaitlistWording;
      /** Looked up when it is sent. */
      who?: GreetedNames;
    }
  | {
      kind: 'waitlist';
      state: 'offer';
      practice: NotificationPractice;
      offerId: string;
      until: number;
      service: string;
      minutes: number;
      therapist: string;
      starts: number[];
      /** The date that it would be in place of. */
      swaps?: number;
      /** They had skipped this date of their plan. */
      isSkipped?: true;
      /** Looked up when it is sent. */
      who?: GreetedNames;
    }
  /**
   * May dates go over to a colleague? `ask` is to the client; the others tell the two therapists that it is asked, that the
   * client said no, or that nobody asks any more. Who and which dates is looked up when it is sent; to the colleague
   * (`isHeir`), who has nothing of this client yet, they are not named.
   */
  | {
      kind: 'hand_over';
      state: 'ask' | 'asked' | 'declined' | 'withdrawn';
      practice: NotificationPractice;
      requestId: string;
      isHeir?: true;
      details?: {
        /** Empty where they are not named. */
        clientName: string;
        from: string;
        to: string;
        until: number;
        reason: string;
        /** The client it is about; absent where the reader may not know. */
        who?: GreetedNames;
        /** Where each date is, and where it would be. */
        dates: { from: number; to: number }[];
      };
    }
  | {
      kind: 'manage_links';
      practice: NotificationPractice;
      /** The plans with upcoming dates; where there are none, the latest that is over. */
      series: {
        uid: string;
        /** The next date, or the last one. */
        firstStart: number;
        /** How many dates are upcoming. */
        left: number;
        /** How many it had, where all of them are cancelled. */
        cancelled?: number;
        /** It is one date without a rhythm, to which none can be added. */
        isOnce?: true;
        service: string;
        therapist: string;
        /** Who comes, where several people share a confirmed address. */
        clientName?: string;
      }[];
    }
  /**
   * A client wrote to the practice. The words are read on the calendar, never here: where, and who wrote, is looked up when
   * it is sent.
   */
  | {
      kind: 'client_message';
      practice: NotificationPractice;
      seriesUid: string;
      details?: { clientName: string; many: number; uid: string; startsAt: number };
    }
  /** The practice let the link to a series live on, until `until`. Its dates may all be over. */
  | {
      kind: 'link_renewed';
      practice: NotificationPractice;
      seriesUid: string;
      firstStart: number;
      sessions: number;
      service: string;
      until: number;
    };

/** A message about a series: what its appointments are. */
export type SeriesNotification = Extract<Notification, { audience: 'client' | 'therapist' }>;

/** An appointment as its reader last heard of it; null: they know of none. */
export type LastNotifiedAppointment = { start: number; end: number; therapistId: string } | null;

/**
 * What happened to a series, for one person it concerns: its client, or a therapist. `was` is what they last heard
 * of each appointment that changed, by uid. `mayKnow` is what messages said whose delivery is uncertain.
 */
export interface SeriesUpdate {
  kind: 'booked' | 'cancelled' | 'moved';
  audience: 'client' | 'therapist';
  therapistId?: string;
  was: Record<string, LastNotifiedAppointment>;
  mayKnow: Record<string, LastNotifiedAppointment>[];
  /** For a therapist: with whom those were, by id, that were a colleague's before. */
  wasWith?: Record<string, string>;
  /** Why, in the practice's own words, for its client. */
  reason?: string;
  /** Until when the change can be undone, in ms. No message about the series is sent before. */
  heldUntil?: number;
}

/** What the outbox stores: for a series what happened, for everything else the message itself. */
export type StoredNotification = SeriesUpdate | Exclude<Notification, SeriesNotification>;

import type { Cadence } from '@/scheduling/cadence';

/** Made when a message is sent; what is stored holds none of them. */
export interface MessageLinks {
  manageUrl?: string;
  /** Where a client is asked a few questions before they come. */
  questionsUrl?: string;
  signInUrl?: string;
  /** Shows that its reader's address is theirs; books what waits for that. */
  confirmUrl?: string;
  /** Where the practice approves new clients. */
  approveUrl?: string;
  /** Where somebody sees what they wait for; and where they answer an offer. */
  waitUrl?: string;
  offerUrl?: string;
  /** Where a client says whether their dates may go over to a colleague. */
  handOverUrl?: string;
  /** Where another time can be booked; for `follow_up` with what is held for its reader. */
  bookUrl?: string;
  /** For `answered`: leads to the page, and does not name it. */
  answerUrl?: string;
  /** Where the practice answers its readers. */
  inboxUrl?: string;
  /** Where a client notes how it is, and where they see it. */
  scoreUrl?: string;
  progressUrl?: string;
  /** Where a client says what is new since last time. */
  beforeUrl?: string;
  /** For `reminder`, in the order of its dates: where its reader says that they come. */
  comingUrls?: string[];
  /** For `reminder_text`: the same in few characters, and whether an answer to the text is heard. */
  shortUrl?: string;
  hearsReplies?: boolean;
  /** For `manage_links`: all plans of its reader. */
  mineUrl?: string;
  /** For `manage_links` where there is no link to all of them, in the order of its series. */
  manageUrls?: string[];
  /** The practice's own calendar, for a therapist. */
  calendarUrl?: string;
  /** What could be booked in place of dates that the practice gave up, the best first. */
  newTimes?: BookableTimeLink[];
}

/** A time that is free now: of one massage, or of so many in a rhythm. */
export interface BookableTimeLink {
  start: number;
  therapist: string;
  sessions: number;
  cadence: Cadence;
  url: string;
}

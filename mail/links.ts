import type { Cadence } from '@/scheduling/cadence';

/** Made when a message is sent; what is stored holds no links. */
export interface MessageLinks {
  manageUrl?: string;
  /** Where a client answers a few questions before they come. */
  questionsUrl?: string;
  signInUrl?: string;
  /** Where a member of staff confirms the address with which they want to sign in. */
  newAddressUrl?: string;
  /** Where they put the earlier one back. */
  earlierAddressUrl?: string;
  /** Confirms the reader's address, and books what waits for that. */
  confirmUrl?: string;
  /** Where the practice approves new clients. */
  approveUrl?: string;
  /** Where a client sees their waitlist request, and where they answer an offer. */
  waitUrl?: string;
  offerUrl?: string;
  /** Where a client says whether their dates may go over to a colleague. */
  handOverUrl?: string;
  /** Where another time can be booked; for `follow_up`, with the dates held for the reader. */
  bookUrl?: string;
  /** For `answered`: opens the question page without naming it. */
  answerUrl?: string;
  /** Where the practice answers its readers. */
  inboxUrl?: string;
  /** Where clients note scores, and where they see their progress. */
  scoreUrl?: string;
  progressUrl?: string;
  /** Where a client says what is new since last time. */
  beforeUrl?: string;
  /** For `reminder`, in the order of its dates: where the reader confirms that they come. */
  comingUrls?: string[];
  /** For `reminder_text`: a short link, and whether a reply to the text is received. */
  shortUrl?: string;
  hearsReplies?: boolean;
  /** For `manage_links`: all plans of its reader. */
  mineUrl?: string;
  /** For `manage_links` without a link to all plans: one for each, in the order of its series. */
  manageUrls?: string[];
  /** The practice's calendar, for a therapist. */
  calendarUrl?: string;
  /** Times that could be booked in place of dates that the practice cancelled, the best first. */
  newTimes?: BookableTimeLink[];
}

/** A time that is free now: for one massage, or for several at a cadence. */
export interface BookableTimeLink {
  start: number;
  therapist: string;
  sessions: number;
  cadence: Cadence;
  url: string;
}

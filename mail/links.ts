/** Made when a message is sent; what is stored holds none of them. */
export interface Links {
  manageUrl?: string;
  /** Where a client is asked a few questions before they come. */
  questionsUrl?: string;
  signInUrl?: string;
  /** Shows that its reader's address is theirs; books what waits for that. */
  confirmUrl?: string;
  /** Where the practice approves new clients. */
  approveUrl?: string;
  /** Where another time can be booked. */
  bookUrl?: string;
  /** For `answered`: leads to the page, and does not name it. */
  answerUrl?: string;
  /** Where the practice answers its readers. */
  askedUrl?: string;
  /** For `manage_links`, in the order of its series. */
  manageUrls?: string[];
  /** The practice's own calendar, for a therapist. */
  calendarUrl?: string;
}

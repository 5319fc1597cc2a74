// How long things are kept. The privacy page says the same, from here.

export const RETENTION = {
  /** A question or a report, after it was answered. */
  answeredQuestionDays: 30,
  /** What lets the same booking be sent twice and be booked once. */
  idempotencyKeyDays: 1,
  /** A booking that waits for its client to confirm it. */
  confirmRequestMinutes: 60,
  /** A booking that waits for the practice to approve it. */
  approveRequestDays: 7,
  /** What a client was asked of a hand-over, after staff have dealt with it. */
  settledHandOverDays: 30,
  signInLinkMinutes: 60,
  /** From the sign-in, however busy it was. */
  sessionDays: 30,
  /** A manage link, and the e-mails about its series, after the last date. */
  afterLastDateDays: 365,
  /** What somebody began to answer about their health, and never finished, after they last saved it. */
  unfinishedAnswersDays: 30,
  /** What a client said about their health, after the last date of that plan. */
  healthAnswersDays: 3 * 365,
  /** What the practice notes on a day of its calendar, after that day. */
  dayNoteDays: 365,
  /** What somebody asked to wait for and did not confirm. */
  unconfirmedEntryDays: 2,
  /** What somebody waited for, and what they were offered, after it ended. */
  endedEntryDays: 365,
  /** What a client wrote to the practice by a manage link, after they sent it. */
  clientMessageDays: 365,
  /** A date that was cancelled, or moved to somebody else, as such in a calendar that apps subscribe to. */
  cancelledInFeedDays: 30,
  backupWeeks: 8,
};

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

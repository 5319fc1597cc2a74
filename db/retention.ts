// How long data is stored. The privacy page reads its figures from here.

export const RETENTION = {
  /** Questions and problem reports, counted from the answer. */
  answeredQuestionDays: 30,
  /** The keys that make sure a booking sent twice is booked once. */
  idempotencyKeyDays: 1,
  /** A booking that waits for its client to confirm it. */
  confirmRequestMinutes: 60,
  /** A booking that waits for the practice to approve it. */
  approveRequestDays: 7,
  /** A request to hand dates over to another therapist, counted from when staff settled it. */
  settledHandOverDays: 30,
  signInLinkMinutes: 60,
  /** Counted from the sign-in, even if the session is in use. */
  sessionDays: 30,
  /** A manage link, and the e-mails about its series, counted from the last date. */
  afterLastDateDays: 365,
  /** Unfinished health answers, counted from the last time they were saved. */
  unfinishedAnswersDays: 30,
  /** Health answers, counted from the last date of their plan. */
  healthAnswersDays: 3 * 365,
  /** The practice's notes on a day of the calendar, counted from that day. */
  dayNoteDays: 365,
  /** A waiting list entry whose e-mail address was not confirmed. */
  unconfirmedEntryDays: 2,
  /** A waiting list entry and its offers, counted from when it ended. */
  endedEntryDays: 365,
  /** A message that a client sent through a manage link, counted from when it was sent. */
  clientMessageDays: 365,
  /** A date that was cancelled or given to somebody else, shown as cancelled in subscribed calendars. */
  cancelledInFeedDays: 30,
  backupWeeks: 8,
};

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

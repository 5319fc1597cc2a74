// What is known of a date that a calendar app subscribes to? As it is read for a feed and as it is written: how much of it
// the feed then shows is decided where it is written.

/** One date of a feed. `start` and `end` are instants in ms, `end` exclusive. */
export interface FeedDate {
  uid: string;
  start: number;
  end: number;
  sequence: number;
  isCancelled: boolean;
  /** Its 1-based position in a series of `sessions` dates. */
  position: number;
  sessions: number;
  room: string;
  client: string;
  therapist: string;
  service: string;
  /** Whether its client asked for an alarm a day before. */
  hasAlarm: boolean;
}

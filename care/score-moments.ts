// When may a client note a score, and when do we ask for one by e-mail? Before the first session on three days of its
// last week, then in the 24 hours before each session, and two days after it. People book when pain is bad, so scores
// of several days show how it usually was.

import { checkArray, checkInstant } from '@/scheduling/input-checks';

/** The fields of a session that matter here; cancelled sessions and no-shows are left out. Instants in ms UTC. */
export interface SessionToScore {
  id: string;
  startsAt: number;
  endsAt: number;
}

/** A score that may be noted now, until `until`, exclusive. `visitId` is null before the first session. */
export type ScoreMoment =
  | { kind: 'before'; visitId: null; until: number }
  | { kind: 'session' | 'after'; visitId: string; until: number };

/** An e-mail that is due. `slot` identifies it among its kind, so each is sent once. */
export interface ScoreEmail {
  kind: 'before' | 'session' | 'after' | 'check_in';
  slot: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** How long before a session its score may be noted. */
const BEFORE_SESSION = DAY;
const AFTER_SESSION = 2 * DAY;
/** A score from a week after a session no longer says how it was two days after. */
const AFTER_ENDS = 5 * DAY;
/** Nobody reads an e-mail in the last hour before a session. */
const LAST_ASK = HOUR;
const CHECK_IN_AFTER = 4;

/**
 * Finds which score may be noted now; null when none may. The score before a session that begins within 24 hours takes
 * precedence over the score after the previous session.
 *
 * @example
 * findCurrentScoreMoment([{ id: 'first', startsAt: 90_000_000, endsAt: 93_600_000 }], 0)?.kind //=> 'before'
 */
export function findCurrentScoreMoment(visits: SessionToScore[], now: number): ScoreMoment | null {
  const { past, next } = partedAt(visits, now);
  if (next && now >= next.startsAt - BEFORE_SESSION) return { kind: 'session', visitId: next.id, until: next.startsAt };
  const last = past.at(-1);
  if (!last)
    return next && now >= next.startsAt - WEEK
      ? { kind: 'before', visitId: null, until: next.startsAt - BEFORE_SESSION }
      : null;
  const ends = Math.min(last.endsAt + AFTER_ENDS, next ? next.startsAt - BEFORE_SESSION : Number.POSITIVE_INFINITY);
  return now >= last.endsAt + AFTER_SESSION && now < ends ? { kind: 'after', visitId: last.id, until: ends } : null;
}

/**
 * Finds when the next score may be noted, where none may now; null when no session is upcoming.
 *
 * @example
 * getNextScoreMoment([{ id: 'first', startsAt: 864_000_000, endsAt: 867_600_000 }], 0) //=> 259_200_000
 */
export function getNextScoreMoment(visits: SessionToScore[], now: number): number | null {
  const { past, next } = partedAt(visits, now);
  const last = past.at(-1);
  const after = last ? last.endsAt + AFTER_SESSION : now;
  const before = next ? next.startsAt - (last ? BEFORE_SESSION : WEEK) : Number.POSITIVE_INFINITY;
  const from = Math.min(after > now ? after : Number.POSITIVE_INFINITY, before);
  return Number.isFinite(from) ? from : null;
}

/**
 * Lists when the first three e-mails are sent, spread over the week before the first session; fewer when the booking
 * was made later than that. The last day is left out, because the score of the session itself is asked for then.
 *
 * @example
 * listScoreEmailTimesBeforeFirstSession(0, 604_800_000) //=> [0, 172_800_000, 345_600_000]
 */
export function listScoreEmailTimesBeforeFirstSession(bookedAt: number, startsAt: number): number[] {
  const opens = Math.max(bookedAt, startsAt - WEEK);
  const length = startsAt - BEFORE_SESSION - opens;
  const days = Math.floor(length / DAY);
  const offsets = days <= 3 ? [0, 1, 2] : [0, Math.round(days / 3), Math.round((2 * days) / 3)];
  return offsets.filter((offset) => offset * DAY < length).map((offset) => opens + offset * DAY);
}

/**
 * Finds the e-mail that is due now and was not sent yet; null when none is. Overdue e-mails are not sent late: of the
 * three before the first session, only the latest is sent. After the fourth session the e-mail links to the check-in
 * instead, while sessions are upcoming.
 *
 * @example
 * findDueScoreEmail({ visits: [{ id: 'first', startsAt: 90_000_000, endsAt: 93_600_000 }], bookedAt: 0, previousAsks: [], now: 0 }) //=> { kind: 'before', slot: '1' }
 */
export function findDueScoreEmail(query: {
  visits: SessionToScore[];
  bookedAt: number;
  /** The e-mails already sent. */
  previousAsks: ScoreEmail[];
  now: number;
}): ScoreEmail | null {
  const { visits, bookedAt, previousAsks, now } = query;
  const due = dueAskAt(visits, bookedAt, now);
  const isRepeated = previousAsks.some(({ kind, slot }) => kind === due?.kind && slot === due.slot);
  return isRepeated ? null : due;
}

function dueAskAt(visits: SessionToScore[], bookedAt: number, now: number): ScoreEmail | null {
  const moment = findCurrentScoreMoment(visits, now);
  if (!moment) return null;
  if (moment.kind === 'session')
    return now < moment.until - LAST_ASK ? { kind: 'session', slot: moment.visitId } : null;
  if (moment.kind === 'before') {
    const due = listScoreEmailTimesBeforeFirstSession(bookedAt, moment.until + BEFORE_SESSION).filter(
      (at) => at <= now,
    ).length;
    return due === 0 ? null : { kind: 'before', slot: `${due}` };
  }
  const { past, next } = partedAt(visits, now);
  const isCheckIn = past.length === CHECK_IN_AFTER && next !== undefined;
  return { kind: isCheckIn ? 'check_in' : 'after', slot: moment.visitId };
}

/**
 * Whether it is time for a check-in: four sessions are over, and one is upcoming.
 *
 * @example
 * isTimeForProgressCheckIn([], 0) //=> false
 */
export function isTimeForProgressCheckIn(visits: SessionToScore[], now: number): boolean {
  const over = visits.filter(({ endsAt }) => endsAt <= now);
  return over.length >= CHECK_IN_AFTER && partedAt(visits, now).next !== undefined;
}

/** A session that has begun counts as past: no score before it can be noted any more. */
function partedAt(visits: SessionToScore[], now: number): { past: SessionToScore[]; next: SessionToScore | undefined } {
  checkInstant('now', now);
  checkArray('visits', visits);
  const sorted = visits.toSorted((a, b) => a.startsAt - b.startsAt);
  return {
    past: sorted.filter(({ startsAt }) => startsAt <= now),
    next: sorted.find(({ startsAt }) => startsAt > now),
  };
}

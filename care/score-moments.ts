// When does a client note how it is, and when do we ask by e-mail? Before the first session on three days of its last
// week, then in the 24 hours before each session, and two days after it. People book when it is bad: scores of several
// days say how it usually was.

import { checkArray, checkInstant } from '@/scheduling/input-checks';

/** A session as this looks at it: those cancelled and those nobody came to are left out. Instants in ms UTC. */
export interface SessionToScore {
  id: string;
  startsAt: number;
  endsAt: number;
}

/** A score that may be noted now, until `until`, exclusive. `visitId` is null before the first session. */
export type ScoreMoment =
  | { kind: 'before'; visitId: null; until: number }
  | { kind: 'session' | 'after'; visitId: string; until: number };

/** An e-mail that is due. `slot` says which of its kind, so that each is sent once. */
export interface ScoreEmail {
  kind: 'before' | 'session' | 'after' | 'check_in';
  slot: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** From when on a score counts as that of the session. */
const BEFORE_SESSION = DAY;
const AFTER_SESSION = 2 * DAY;
/** A score of two days after is nothing of the kind a week later. */
const AFTER_ENDS = 5 * DAY;
/** Nobody reads an e-mail in the last hour before. */
const LAST_ASK = HOUR;
const CHECK_IN_AFTER = 4;

/**
 * Finds which score may be noted now; null when none may. The score of a session that begins within 24 hours comes
 * before one of the session that is over.
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
 * Finds from when on the next score may be noted, where none may now; null when no session is to come.
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
 * Lists when the first three e-mails ask, spread over the week before the first session: fewer when it was booked later
 * than that. The last day is left out, since then the score of the session itself is asked for.
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
 * Finds the e-mail that is due now, of those that were not sent; null when none is. One that is long past is not sent
 * late: of the three before the first session only the latest is. After the fourth session the e-mail leads to the
 * check-in instead, while there are sessions to come.
 *
 * @example
 * findDueScoreEmail({ visits: [{ id: 'first', startsAt: 90_000_000, endsAt: 93_600_000 }], bookedAt: 0, previousAsks: [], now: 0 }) //=> { kind: 'before', slot: '1' }
 */
export function findDueScoreEmail(query: {
  visits: SessionToScore[];
  bookedAt: number;
  /** Those that were sent. */
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
 * Says whether it is time for a check-in: four sessions are over, and there is one to come.
 *
 * @example
 * isTimeForProgressCheckIn([], 0) //=> false
 */
export function isTimeForProgressCheckIn(visits: SessionToScore[], now: number): boolean {
  const over = visits.filter(({ endsAt }) => endsAt <= now);
  return over.length >= CHECK_IN_AFTER && partedAt(visits, now).next !== undefined;
}

/** One that has begun counts as past: nothing is noted before it any more. */
function partedAt(visits: SessionToScore[], now: number): { past: SessionToScore[]; next: SessionToScore | undefined } {
  checkInstant('now', now);
  checkArray('visits', visits);
  const sorted = visits.toSorted((a, b) => a.startsAt - b.startsAt);
  return {
    past: sorted.filter(({ startsAt }) => startsAt <= now),
    next: sorted.find(({ startsAt }) => startsAt > now),
  };
}

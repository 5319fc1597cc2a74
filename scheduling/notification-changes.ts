// What has changed for a reader since their last message? Several unsent changes are one message, a change that was
// undone is none, and changes that lie in the past on both sides are left out.

import type { LastNotifiedAppointment, SeriesUpdate } from './notification-types';

/** One appointment that differs from what its reader last heard: `before` as they know it, `after` as it is. */
export interface AppointmentChange {
  uid: string;
  kind: 'booked' | 'moved' | 'cancelled';
  before: LastNotifiedAppointment;
  after: LastNotifiedAppointment;
}

/**
 * Merges several updates for one person about one series, oldest first. For each appointment the oldest `was` counts,
 * because nothing newer has been sent, and so does the oldest `wasWith`; of the reasons the newest.
 *
 * @example
 * mergeSeriesUpdates([{ kind: 'booked', audience: 'client', was: { a: null }, mayKnow: [] }]).was //=> { a: null }
 */
export function mergeSeriesUpdates(news: [SeriesUpdate, ...SeriesUpdate[]]): SeriesUpdate {
  const was: Record<string, LastNotifiedAppointment> = {};
  for (const entry of news) {
    for (const [uid, previous] of Object.entries(entry.was)) if (!(uid in was)) was[uid] = previous;
  }
  const reason = news.findLast((entry) => entry.reason)?.reason;
  const wasWith = Object.assign({}, ...news.map((entry) => entry.wasWith).reverse());
  return {
    ...news.at(-1)!,
    was,
    mayKnow: news.flatMap(({ mayKnow }) => mayKnow),
    ...(Object.keys(wasWith).length > 0 && { wasWith }),
    ...(reason && { reason }),
  };
}

/**
 * Lists what must be sent; empty when nothing must. `standsNow` gives each appointment as it is for the reader. A message
 * that may have arrived counts as read, and is corrected even where everything is as it was before it. When all changes
 * are over on both sides (`now` is past both ends), none is listed.
 *
 * @example
 * listChangesToReport({ kind: 'booked', audience: 'client', was: { a: null }, mayKnow: [] }, () => null, 0) //=> []
 */
export function listChangesToReport(
  { was, mayKnow }: SeriesUpdate,
  standsNow: (uid: string) => LastNotifiedAppointment,
  now: number,
): AppointmentChange[] {
  const uids = new Set([was, ...mayKnow].flatMap((entry) => Object.keys(entry)));
  const changes = [...uids].flatMap((uid): AppointmentChange[] => {
    const after = standsNow(uid);
    const knownStates = [was, ...mayKnow].flatMap((entry) => (uid in entry ? [entry[uid]!] : []));
    const differing = knownStates.filter((previous) => !isSame(previous, after));
    if (differing.length === 0) return [];
    const before = differing.find((previous) => previous !== null) ?? null;
    // A reader who may not know of the appointment at all gets all its details.
    if (after && knownStates.some((previous) => previous === null))
      return [{ uid, kind: 'booked', before: null, after }];
    return [{ uid, kind: after ? 'moved' : 'cancelled', before, after }];
  });
  const isToCome = (previous: LastNotifiedAppointment) => previous !== null && previous.end > now;
  return changes.some(({ before, after }) => isToCome(before) || isToCome(after)) ? changes : [];
}

function isSame(a: LastNotifiedAppointment, b: LastNotifiedAppointment): boolean {
  if (!a || !b) return a === b;
  return a.start === b.start && a.end === b.end && a.therapistId === b.therapistId;
}

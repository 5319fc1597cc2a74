// What is new to somebody who was told one thing and for whom another is true now? Several changes that were not told yet
// are one piece of news, a change that was taken back is none, and nobody is told what they cannot have a use for.

import type { KnownAppointment, SeriesNews } from './notification';

/** One appointment that is not as its reader was told: `before` where it stood for them, `after` where it stands. */
export interface Change {
  uid: string;
  kind: 'booked' | 'moved' | 'cancelled';
  before: KnownAppointment;
  after: KnownAppointment;
}

/**
 * Several pieces of news for one person about one series, the oldest first, as one: of each appointment what the first
 * of them says was told, for nothing after it has been.
 *
 * @example
 * mergeNews([{ kind: 'booked', audience: 'client', was: { a: null }, mayKnow: [] }]).was //=> { a: null }
 */
export function mergeNews(news: [SeriesNews, ...SeriesNews[]]): SeriesNews {
  const was: Record<string, KnownAppointment> = {};
  for (const entry of news) {
    for (const [uid, stood] of Object.entries(entry.was)) if (!(uid in was)) was[uid] = stood;
  }
  return { ...news.at(-1)!, was, mayKnow: news.flatMap(({ mayKnow }) => mayKnow) };
}

/**
 * What must be told, with `standsNow` as the appointments are for its reader; empty when nothing must. What a message
 * said that may have arrived counts as told too: it is put right even where all is as it was before it. Changes that
 * are over on both sides, `now` being past the ends, are no news when there are no others.
 *
 * @example
 * changesToReport({ kind: 'booked', audience: 'client', was: { a: null }, mayKnow: [] }, () => null, 0) //=> []
 */
export function changesToReport(
  { was, mayKnow }: SeriesNews,
  standsNow: (uid: string) => KnownAppointment,
  now: number,
): Change[] {
  const uids = new Set([was, ...mayKnow].flatMap((told) => Object.keys(told)));
  const changes = [...uids].flatMap((uid): Change[] => {
    const after = standsNow(uid);
    const told = [was, ...mayKnow].flatMap((entry) => (uid in entry ? [entry[uid]!] : []));
    const differing = told.filter((stood) => !isSame(stood, after));
    if (differing.length === 0) return [];
    const before = differing.find((stood) => stood !== null) ?? null;
    // Who may not know of it at all is told all of it.
    if (after && told.some((stood) => stood === null)) return [{ uid, kind: 'booked', before: null, after }];
    return [{ uid, kind: after ? 'moved' : 'cancelled', before, after }];
  });
  const isToCome = (stood: KnownAppointment) => stood !== null && stood.end > now;
  return changes.some(({ before, after }) => isToCome(before) || isToCome(after)) ? changes : [];
}

function isSame(a: KnownAppointment, b: KnownAppointment): boolean {
  if (!a || !b) return a === b;
  return a.start === b.start && a.end === b.end && a.therapistId === b.therapistId;
}

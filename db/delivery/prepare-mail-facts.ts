import { createHash } from 'node:crypto';
import { and, asc, eq, max, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { getSendTimeUnderMailCap } from '@/db/messages/mail-caps';
import {
  DAYTIME_ONLY_KINDS,
  LEASE_MS,
  LONGEST_UNDO_WAIT_MS,
  unleasedMessageCondition,
  waitingMessageCondition,
} from '@/db/messages/outbox';
import { storeTextLinkCode } from '@/db/messages/queue-reminders';
import { getTextCapRefusal } from '@/db/messages/text-caps';
import { getPractice } from '@/db/practice/practice';
import { outbox, series } from '@/db/schema';
import { restartOfferDeadline } from '@/db/waitlist/restart-offer-deadline';
import { mergeSeriesUpdates } from '@/scheduling/notification-changes';
import type { Notification, SeriesUpdate } from '@/scheduling/notification-types';
import { getNextTimeOutsideQuietHours, isQuietHours } from '@/scheduling/reminder-schedule';
import { readTextGateway } from '@/text-gateway-settings';
import type { KnownAppointments } from './build-series-message';
import { getNotificationFactsToSend, getSeriesNews } from './notification-facts-to-send';

type Waiting = typeof outbox.$inferSelect;

export interface PreparedMailFacts {
  messageId: string;
  toEmail: string;
  notification: Notification;
}

/**
 * Builds a leased message from the live rows, and folds in all that waits for the same reader about the same series.
 * Null when there is nothing to send: it was dropped, waits for its turn, or its lease is another worker's by now.
 */
export async function prepareMailFacts(id: string, workerId: string, now: number): Promise<PreparedMailFacts | null> {
  return transact(async (tx) => {
    const [leased] = await tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.id, id), eq(outbox.leasedBy, workerId), waitingMessageCondition));
    if (!leased) return null;
    if (mayHaveBeenSent(leased)) {
      const dead = { deadAt: now, lastError: 'It may have arrived already.', leasedBy: null, leasedUntil: null };
      await tx
        .update(outbox)
        .set({ ...dead, told: null })
        .where(eq(outbox.id, id));
      return null;
    }
    const heldUntil = (await nextSendTime(tx, leased, now)) ?? (await whenMorningComes(tx, leased, now));
    if (heldUntil !== null) {
      await tx.update(outbox).set({ dueAt: heldUntil, leasedBy: null, leasedUntil: null }).where(eq(outbox.id, id));
      return null;
    }
    const folded = await fold(tx, leased, now);
    const current = await getNotificationFactsToSend(tx, folded, now);
    if (!current) {
      const dropped = { facts: folded.facts, droppedAt: now, leasedBy: null, leasedUntil: null };
      await tx.update(outbox).set(dropped).where(eq(outbox.id, id));
      return null;
    }
    const refusal = leased.kind === 'reminder_text' ? await getTextCapRefusal(tx, leased, now) : null;
    if (refusal !== null) {
      const dead = { deadAt: now, lastError: refusal, leasedBy: null, leasedUntil: null };
      await tx.update(outbox).set(dead).where(eq(outbox.id, id));
      return null;
    }
    const dueAt = await getSendTimeUnderMailCap(tx, folded, now);
    if (dueAt !== null) {
      const waiting = { facts: folded.facts, dueAt, leasedBy: null, leasedUntil: null };
      await tx.update(outbox).set(waiting).where(eq(outbox.id, id));
      return null;
    }
    const notification = await withAnswerTime(tx, current.notification, now);
    if (notification.kind === 'reminder_text') await storeTextLinkCode(tx, id, notification);
    const { facts, messageId } =
      'was' in folded.facts ? withThisAttempt(folded, folded.facts, current.knownStates) : folded;
    // The lease begins anew, so that the time spent on getting here does not shorten the time to send.
    await tx
      .update(outbox)
      .set({ facts, messageId, told: notification, leasedUntil: now + LEASE_MS })
      .where(eq(outbox.id, id));
    return { messageId, toEmail: leased.toEmail, notification: notification };
  });
}

/** A text whose sending began without a recorded outcome. Only a phone as gateway can be asked whether it has the text. */
function mayHaveBeenSent({ kind, told }: Waiting): boolean {
  return kind === 'reminder_text' && told !== null && readTextGateway()?.way !== 'android';
}

/** The time to answer an offer runs from now, however long its e-mail has waited. */
async function withAnswerTime(tx: Db, notification: Notification, now: number): Promise<Notification> {
  if (notification.kind !== 'waitlist' || notification.state !== 'offer') return notification;
  const until = await restartOfferDeadline(tx, notification.offerId, now);
  return until === null ? notification : { ...notification, until };
}

/**
 * The time until which the reader's messages wait. Messages are built from the live rows, so while a change of the
 * series can still be undone, its reader gets no message about the series, not even about earlier events. If the clock
 * was put back, the wait is still no longer than the time to undo.
 */
async function nextSendTime(tx: Db, leased: Waiting, now: number): Promise<number | null> {
  if (leased.seriesId === null) return null;
  const others = await tx
    .select({ facts: outbox.facts })
    .from(outbox)
    .where(and(eq(outbox.seriesId, leased.seriesId), eq(outbox.toEmail, leased.toEmail), waitingMessageCondition));
  const ends = others.flatMap(({ facts }) => ('was' in facts && facts.heldUntil ? [facts.heldUntil] : []));
  const standing = ends.filter((end) => end > now && end <= now + LONGEST_UNDO_WAIT_MS);
  return standing.length === 0 ? null : Math.max(...standing);
}

/** The next morning, for a message that is only sent by day and would now be sent at night. */
async function whenMorningComes(tx: Db, { kind }: Waiting, now: number): Promise<number | null> {
  if (!DAYTIME_ONLY_KINDS.includes(kind)) return null;
  const { timeZone } = await getPractice(tx);
  return isQuietHours(timeZone, now) ? getNextTimeOutsideQuietHours(timeZone, now) : null;
}

/** Folds all waiting messages for the same reader about the same series into this one. */
async function fold(tx: Db, leased: Waiting, now: number): Promise<Waiting> {
  if (leased.seriesId === null) return leased;
  // Locks the series: its state is final while the message is built, and all its news is in the outbox.
  await tx
    .update(series)
    .set({ version: sql`${series.version}` })
    .where(eq(series.id, leased.seriesId));
  const news = await getSeriesNews(tx, leased);
  if (!news) return leased;
  const others = await tx
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.seriesId, leased.seriesId),
        eq(outbox.toEmail, leased.toEmail),
        ne(outbox.id, leased.id),
        waitingMessageCondition,
        unleasedMessageCondition(now),
      ),
    )
    .orderBy(asc(outbox.seriesVersion), asc(outbox.createdAt), asc(outbox.id));
  const all = [{ message: leased, news }];
  for (const message of others) {
    const its = await getSeriesNews(tx, message);
    if (its && its.audience === news.audience && its.therapistId === news.therapistId) all.push({ message, news: its });
  }
  all.sort((a, b) => a.message.seriesVersion - b.message.seriesVersion || a.message.createdAt - b.message.createdAt);
  for (const { message } of all) {
    if (message === leased) continue;
    await tx
      .update(outbox)
      .set({ droppedAt: now, foldedInto: leased.id, leasedBy: null, leasedUntil: null })
      .where(eq(outbox.id, message.id));
  }
  const lastSentAt = await whenLastSent(tx, leased);
  const isOvertaken = ({ message }: { message: Waiting }) => lastSentAt !== null && message.createdAt <= lastSentAt;
  const [first, ...rest] = all.filter((entry) => !isOvertaken(entry)).map((entry) => entry.news);
  // A message that was given up and is retried: its reader got other messages since it was written, so what they knew
  // then is only one of the states that they may know.
  const overtaken = all.filter(isOvertaken).map((entry) => entry.news);
  const folded = first ? mergeSeriesUpdates([first, ...rest]) : { ...news, was: {}, mayKnow: [] };
  const mayKnow = [...overtaken.flatMap((news) => [...news.mayKnow, news.was]), ...folded.mayKnow];
  return { ...leased, facts: { ...folded, mayKnow } };
}

/** When its reader last got a message about this series. */
async function whenLastSent(tx: Db, { seriesId, toEmail }: Waiting): Promise<number | null> {
  const [found] = await tx
    .select({ at: max(outbox.sentAt) })
    .from(outbox)
    .where(and(eq(outbox.seriesId, seriesId!), eq(outbox.toEmail, toEmail)));
  return found?.at ?? null;
}

/**
 * Records what is about to be sent: if its outcome stays unknown, the next attempt corrects that too. The Message-ID
 * stays the same as long as the content does, so a mail program that shows only one of two e-mails loses nothing.
 */
function withThisAttempt({ id, messageId }: Waiting, news: SeriesUpdate, knownStates: KnownAppointments) {
  const sum = createHash('sha256').update(JSON.stringify(knownStates)).digest('hex').slice(0, 12);
  const domain = messageId.slice(messageId.lastIndexOf('@'));
  return { facts: { ...news, mayKnow: [...news.mayKnow, knownStates] }, messageId: `<${id}.${sum}${domain}` };
}

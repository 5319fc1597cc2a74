import { randomUUID } from 'node:crypto';
import { and, count, desc, eq, gt, isNotNull, isNull, min, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { decrypt, encrypt, UNDECRYPTABLE_TEXT } from '@/db/access/encryption';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, toIssues } from '@/db/input/field-schemas';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, clientMessages, clients, outbox, series } from '@/db/schema';
import { putInOutbox, waitingMessageCondition } from './outbox';

// What a client writes to the practice by the link to a plan. All staff who may see the plan may read it, and the form
// says so. Somebody may still write about their health, so it is stored encrypted, and is in no e-mail, log or history.

export const MAX_CLIENT_MESSAGE_LENGTH = 500;
const A_DAY = 5;
const DAY_MS = 86_400_000;
/** The same text again within this time counts as a second press. */
const AGAIN_MS = 10 * 60_000;
const PURPOSE = 'message to the practice';

const wordsOf = z
  .string()
  .max(MAX_CLIENT_MESSAGE_LENGTH * 20, `Please keep it to ${MAX_CLIENT_MESSAGE_LENGTH} characters.`)
  .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(1, 'Write what you would like to change.')
      .refine(
        (text) => hasAtMostLetters(text, MAX_CLIENT_MESSAGE_LENGTH),
        `Please keep it to ${MAX_CLIENT_MESSAGE_LENGTH} characters.`,
      )
      .refine(
        (text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text),
        'Please leave out special control characters.',
      ),
  );

type LinkViewer = { role: 'link'; seriesId: string };
export type ClientMessageResult = { ok: true } | Invalid | Refusal<'not_found' | 'too_many'>;

/** Stores the message, and notifies the practice. */
export async function sendMessageToPractice(
  viewer: LinkViewer,
  input: string,
  { now }: Clock,
): Promise<ClientMessageResult> {
  const words = wordsOf.safeParse(input);
  if (!words.success) return invalid(toIssues(words.error).map((issue) => ({ ...issue, path: ['words'] })));
  const { seriesId } = viewer;
  return transact(async (tx): Promise<ClientMessageResult> => {
    // An update, so that two messages at once are counted one after the other.
    const plan = await tx
      .update(series)
      .set({ id: seriesId })
      .where(eq(series.id, seriesId))
      .returning({ id: series.id });
    if (plan.length === 0) return { ok: false, reason: 'not_found' };
    const lately = await tx
      .select()
      .from(clientMessages)
      .where(and(eq(clientMessages.seriesId, seriesId), gt(clientMessages.sentAt, now - DAY_MS)));
    const isRepeated = lately.some(
      ({ sentAt, sealedWords }) => sentAt > now - AGAIN_MS && decrypt(sealedWords, PURPOSE) === words.data,
    );
    if (isRepeated) return { ok: true };
    if (lately.length >= A_DAY) return { ok: false, reason: 'too_many' };
    await tx.insert(clientMessages).values({
      ...{ id: randomUUID(), seriesId, sealedWords: encrypt(words.data, PURPOSE), sentAt: now },
      ...{ answeredAt: null, answeredBy: null },
    });
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      action: 'wrote to the practice' as const,
      subject: `series:${seriesId}`,
    };
    await recordEvent(tx, { ...event, facts: {} });
    await tellPractice(tx, seriesId, now);
    return { ok: true };
  });
}

/** One notification that has not been sent yet is enough for all messages written meanwhile. */
async function tellPractice(tx: Db, seriesId: string, now: number): Promise<void> {
  const [waiting] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.seriesId, seriesId),
        eq(outbox.kind, 'client_message'),
        waitingMessageCondition,
        isNull(outbox.leasedUntil),
      ),
    )
    .limit(1);
  if (waiting) return;
  const practice = toNotificationPractice(await getPractice(tx));
  const notification = { kind: 'client_message', practice, seriesUid: seriesId } as const;
  await putInOutbox(tx, { notification, toEmail: practice.email, seriesId, now });
}

/** When the messages from this link were sent, the newest first, and whether the practice has dealt with each. */
export async function listClientMessageTimes({
  seriesId,
}: LinkViewer): Promise<{ sentAt: number; isAnswered: boolean }[]> {
  const found = await (await reader())
    .select({ sentAt: clientMessages.sentAt, answeredAt: clientMessages.answeredAt })
    .from(clientMessages)
    .where(eq(clientMessages.seriesId, seriesId))
    .orderBy(desc(clientMessages.sentAt))
    .limit(A_DAY);
  return found.map(({ sentAt, answeredAt }) => ({ sentAt, isAnswered: answeredAt !== null }));
}

export interface ClientMessage {
  id: string;
  words: string;
  sentAt: number;
  answeredAt: number | null;
}

/** How many answered messages are shown; waiting ones always are. */
const SHOWN = 10;

/** The messages from the client of a plan, the newest first; empty where the viewer may not see the plan. */
export async function listClientMessagesOfSeries(viewer: Staff, seriesId: string): Promise<ClientMessage[]> {
  if (!isPossibleId(seriesId)) return [];
  const db = await reader();
  const select = (condition: SQL) =>
    db
      .select({
        id: clientMessages.id,
        sealedWords: clientMessages.sealedWords,
        sentAt: clientMessages.sentAt,
        answeredAt: clientMessages.answeredAt,
      })
      .from(clientMessages)
      .innerJoin(series, eq(series.id, clientMessages.seriesId))
      .where(and(eq(series.id, seriesId), condition, visibleSeriesCondition(db, viewer)))
      .orderBy(desc(clientMessages.sentAt), desc(clientMessages.id));
  const waiting = await select(isNull(clientMessages.answeredAt));
  const answeredMessages = await select(isNotNull(clientMessages.answeredAt)).limit(SHOWN);
  const found = [...waiting, ...answeredMessages].sort((a, b) => b.sentAt - a.sentAt);
  return found.map(({ sealedWords, ...message }) => ({
    ...message,
    words: decrypt(sealedWords, PURPOSE) ?? UNDECRYPTABLE_TEXT,
  }));
}

/** Marks a message as answered, or as needing no answer. False where the viewer has no such message. */
export async function markAnswered(viewer: Staff, id: string, { now }: Clock): Promise<boolean> {
  if (!isPossibleId(id)) return false;
  return transact(async (tx) => {
    const [found] = await tx
      .select({ seriesId: clientMessages.seriesId })
      .from(clientMessages)
      .innerJoin(series, eq(series.id, clientMessages.seriesId))
      .where(and(eq(clientMessages.id, id), isNull(clientMessages.answeredAt), visibleSeriesCondition(tx, viewer)));
    if (!found) return false;
    const marked = await tx
      .update(clientMessages)
      .set({ answeredAt: now, answeredBy: getAuditActor(viewer) })
      .where(and(eq(clientMessages.id, id), isNull(clientMessages.answeredAt)))
      .returning({ id: clientMessages.id });
    if (marked.length === 0) return false;
    const subject = `series:${found.seriesId}`;
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action: 'message answered', subject, facts: {} });
    return true;
  });
}

export interface UnansweredMessagesOfSeries {
  seriesId: string;
  clientName: string;
  /** How many are not answered yet. */
  many: number;
  /** The appointment on whose page they are read: the next date of the plan, or its last. */
  uid: string;
  startsAt: number;
}

/** The plans with unanswered messages, the longest waiting first. */
export async function listUnansweredMessages(viewer: Staff, { now }: Clock): Promise<UnansweredMessagesOfSeries[]> {
  const db = await reader();
  // A plan may be shared: a therapist opens one of their own dates.
  const own = viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : undefined;
  return readWaiting(db, { condition: visibleSeriesCondition(db, viewer), own }, now);
}

/** The content of the e-mail about messages when it is sent; null where all are answered. */
export async function getUnansweredMessagesOfSeries(
  db: Db,
  seriesId: string,
  now: number,
): Promise<UnansweredMessagesOfSeries | null> {
  return (await readWaiting(db, { condition: eq(series.id, seriesId) }, now))[0] ?? null;
}

async function readWaiting(
  db: Db,
  { condition, own }: { condition: SQL | undefined; own?: SQL | undefined },
  now: number,
): Promise<UnansweredMessagesOfSeries[]> {
  const found = await db
    .select({ seriesId: series.id, clientName: clients.name, many: count(), since: min(clientMessages.sentAt) })
    .from(clientMessages)
    .innerJoin(series, eq(series.id, clientMessages.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(isNull(clientMessages.answeredAt), condition))
    .groupBy(series.id, clients.name)
    .orderBy(min(clientMessages.sentAt), series.id);
  const waiting: UnansweredMessagesOfSeries[] = [];
  for (const { since: _, ...plan } of found) {
    const dates = await db
      .select({ uid: appointments.id, startsAt: appointments.startAt, status: appointments.status })
      .from(appointments)
      .where(and(eq(appointments.seriesId, plan.seriesId), own))
      .orderBy(appointments.startAt);
    const shown = dates.find(({ status, startsAt }) => status === 'booked' && startsAt > now) ?? dates.at(-1);
    if (shown) waiting.push({ ...plan, uid: shown.uid, startsAt: shown.startsAt });
  }
  return waiting;
}

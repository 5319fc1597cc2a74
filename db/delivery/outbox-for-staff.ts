import { and, asc, desc, eq, gt, inArray, isNull, ne, notInArray, or, type SQL } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleClientsCondition, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import {
  isToTherapist,
  STALE_AFTER_MS,
  staleMessageCondition,
  unleasedMessageCondition,
  waitingMessageCondition,
} from '@/db/messages/outbox';
import type { Clock } from '@/db/results';
import { appointments, clients, outbox, series } from '@/db/schema';
import type { Notification } from '@/scheduling/notification-types';
import { type FoldedMail, foldWaitingMessages } from './fold-waiting-messages';
import { getNotificationFactsToSend } from './notification-facts-to-send';

const SHOWN = 200;
const SHOWN_OF_CLIENT = 30;

export interface MailView {
  id: string;
  /** The ids of all messages that are sent as this one e-mail, its own among them. */
  ids: string[];
  kind: string;
  toEmail: string;
  /** The content as it was sent, or as it would be if it were sent now; null when there is nothing left to say. */
  notification: Notification | null;
  seriesId: string | null;
  createdAt: number;
  dueAt: number;
  attempts: number;
  lastError: string | null;
  /** `kept`: nobody has tried to send it for a day, and the practice decides whether it is still sent. */
  state: 'waiting' | 'kept' | 'sent' | 'dead' | 'dropped' | 'folded';
  sentAt: number | null;
}

/**
 * The practice's mailbox, newest first: a therapist's own and what was sent to their clients, or all for the owner.
 * Messages that wait to be retried are listed however old they are.
 */
export async function listMail(viewer: Staff, { now }: Clock): Promise<MailView[]> {
  const db = await reader();
  const list = (condition?: SQL) =>
    db
      .select()
      .from(outbox)
      .where(and(own(db, viewer), condition))
      .orderBy(desc(outbox.createdAt), asc(outbox.id))
      .limit(SHOWN);
  const [newest, ...standing] = await Promise.all([
    list(),
    list(gt(outbox.deadAt, 0)),
    list(and(waitingMessageCondition, staleMessageCondition(now))),
  ]);
  const found = [...new Map([...newest, ...standing.flat()].map((mail) => [mail.id, mail])).values()];
  return viewsOf(db, foldWaitingMessages(found), now);
}

const ACCOUNT_KINDS = ['sign_in', 'new_address', 'address_changed'];

/**
 * The messages to one client whom the viewer may see, newest first: about their plans, and others to their address.
 * E-mails about signing in are left out: they are only for their reader.
 */
export async function listMailToClient(viewer: Staff, clientId: string, { now }: Clock): Promise<MailView[]> {
  if (!isPossibleId(clientId)) return [];
  const db = await reader();
  const address = db
    .select({ email: clients.email })
    .from(clients)
    .where(and(eq(clients.id, clientId), visibleClientsCondition(db, viewer)));
  const plans = db
    .select({ id: series.id })
    .from(series)
    .where(and(eq(series.clientId, clientId), visibleSeriesCondition(db, viewer)));
  const isAside = and(
    isNull(outbox.seriesId),
    notInArray(outbox.kind, ACCOUNT_KINDS),
    inArray(outbox.toEmail, address),
  );
  const found = await db
    .select()
    .from(outbox)
    .where(or(isAside, inArray(outbox.seriesId, plans)))
    .orderBy(desc(outbox.createdAt), asc(outbox.id))
    .limit(SHOWN);
  const isForStaff = ({ facts, kind }: Mail) => kind === 'client_message' || isToTherapist(facts);
  const theirs = foldWaitingMessages(found.filter((mail) => !isForStaff(mail)));
  return viewsOf(db, theirs.slice(0, SHOWN_OF_CLIENT), now);
}

function viewsOf(db: Db, found: FoldedMail[], now: number): Promise<MailView[]> {
  return Promise.all(
    found.map(async ({ mail, ids, writtenAt }) => {
      const state = stateOf(mail, now);
      const notification = await subjectOf(db, mail, state, now);
      return {
        id: mail.id,
        ids,
        kind: mail.kind,
        toEmail: mail.toEmail,
        notification,
        seriesId: mail.seriesId,
        createdAt: writtenAt,
        dueAt: mail.dueAt,
        attempts: mail.attempts,
        lastError: mail.lastError,
        // There is nothing left to send, so nobody has to decide on it.
        state: state === 'kept' && !notification ? 'dropped' : state,
        sentAt: mail.sentAt,
      };
    }),
  );
}

type Mail = typeof outbox.$inferSelect;

async function subjectOf(db: Db, mail: Mail, state: MailView['state'], now: number): Promise<Notification | null> {
  if (state === 'dropped' || state === 'folded') return null;
  if (mail.sentAt === null) return (await getNotificationFactsToSend(db, mail, now))?.notification ?? null;
  if (mail.told) return mail.told;
  // It was sent by an older version, which stored the content.
  return 'was' in mail.facts ? null : mail.facts;
}

/** Puts a dead message back in the queue, with as many attempts as a new one. */
export async function retryMessage(viewer: Staff, id: string, now: number): Promise<boolean> {
  if (!isPossibleId(id)) return false;
  return transact(async (tx) => {
    const back = await tx
      .update(outbox)
      .set({ deadAt: null, attempts: 0, dueAt: now, reportedAt: null })
      .where(and(eq(outbox.id, id), gt(outbox.deadAt, 0), own(tx, viewer)))
      .returning({ id: outbox.id });
    return back.length > 0;
  });
}

/**
 * Applies the practice's decision on messages that nobody has tried to send for a day: to send them after all, or
 * never. Of the given `ids`, or of all such messages without `ids`; returns how many there were.
 */
export async function applyOldMailDecision(
  viewer: Staff,
  { ids, isSent }: { ids?: string[] | undefined; isSent: boolean },
  { now }: Clock,
): Promise<number> {
  if (ids?.length === 0 || ids?.some((id) => !isPossibleId(id))) return 0;
  return transact(async (tx) => {
    const decided = await tx
      .update(outbox)
      .set(isSent ? { dueAt: now } : { droppedAt: now })
      .where(
        and(
          waitingMessageCondition,
          staleMessageCondition(now),
          unleasedMessageCondition(now),
          own(tx, viewer),
          ids && inArray(outbox.id, ids),
        ),
      )
      .returning({ id: outbox.id });
    return decided.length;
  });
}

/** The mail server's refusal of the practice as a sender, if there is one; what it refused waits. */
export async function findMailServerRefusal(_viewer: Staff): Promise<{ words: string; waiting: number } | null> {
  const db = await reader();
  const refused = await db
    .select({ words: outbox.lastError })
    .from(outbox)
    .where(and(eq(outbox.refused, 'us'), ne(outbox.kind, 'reminder_text'), waitingMessageCondition))
    .orderBy(desc(outbox.dueAt));
  return refused.length === 0 ? null : { words: refused[0]!.words ?? '', waiting: refused.length };
}

function own(db: Db, viewer: Staff): SQL | undefined {
  if (viewer.role !== 'therapist') return undefined;
  const theirSeries = db
    .select({ id: appointments.seriesId })
    .from(appointments)
    .where(eq(appointments.therapistId, viewer.therapistId));
  return or(eq(outbox.toEmail, viewer.email), inArray(outbox.seriesId, theirSeries));
}

function stateOf(mail: Mail, now: number): MailView['state'] {
  if (mail.sentAt !== null) return 'sent';
  if (mail.deadAt !== null) return 'dead';
  if (mail.foldedInto !== null) return 'folded';
  if (mail.droppedAt !== null) return 'dropped';
  return mail.attempts === 0 && mail.dueAt < now - STALE_AFTER_MS ? 'kept' : 'waiting';
}

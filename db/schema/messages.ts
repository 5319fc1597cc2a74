import { sql } from 'drizzle-orm';
import type { Notification, StoredNotification } from '@/scheduling/notification-types';
import { appointments } from './appointments';
import { bool, check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';
import { series } from './series';

// Tables of the outbox, of replayed answers, of messages from clients, and of the audit trail.

export const outbox = table(
  'outbox',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    toEmail: text('to_email').notNull(),
    /**
     * What happened; the message is written from it when it is sent. No secret and no health data. Rows of an older
     * version hold the written message itself.
     */
    facts: json<StoredNotification | Notification>('facts').notNull(),
    /** What the message said when it was last given to the mail server. */
    told: json<Notification | null>('told'),
    messageId: text('message_id').notNull(),
    seriesId: text('series_id').references(() => series.id),
    /** The version of the series after the change: messages go out in this order, whatever the clock says. */
    seriesVersion: int('series_version').notNull().default(0),
    appointmentId: text('appointment_id').references(() => appointments.id),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: int('attempts').notNull(),
    leasedUntil: instant('leased_until'),
    leasedBy: text('leased_by'),
    lastError: text('last_error'),
    /** Set to `us` when the last failure is ours to fix: our sender, our password, a policy. */
    refused: text('refused').$type<'us'>(),
    sentAt: instant('sent_at'),
    /** When sending was given up after the last attempt. The practice sees these messages. */
    deadAt: instant('dead_at'),
    /**
     * When the gateway reported on a text that it had accepted: with `sentAt` the text arrived, with `deadAt` it did
     * not.
     */
    reportedAt: instant('reported_at'),
    /** When it was dropped because it was no longer true. */
    droppedAt: instant('dropped_at'),
    /** The message that carried this one's news as well. */
    foldedInto: text('folded_into'),
  },
  (t) => [
    uniqueIndex('outbox_message_id').on(t.messageId),
    index('outbox_due').on(t.sentAt, t.deadAt, t.droppedAt, t.dueAt),
    // The waiting messages of one series: every query for what is due reads them.
    index('outbox_series')
      .on(t.seriesId, t.toEmail, t.seriesVersion)
      .where(sql`${t.sentAt} is null and ${t.deadAt} is null and ${t.droppedAt} is null`),
    index('outbox_recipient').on(t.toEmail, t.sentAt),
    check('outbox_lease', sql`(${t.leasedUntil} is null) = (${t.leasedBy} is null)`),
    check(
      'outbox_one_end',
      sql`(case when ${t.sentAt} is null then 0 else 1 end) + (case when ${t.deadAt} is null then 0 else 1 end) + (case when ${t.droppedAt} is null then 0 else 1 end) <= 1`,
    ),
  ],
);

/**
 * E-mail addresses that a mail server has rejected as unknown. A row is deleted once a server accepts mail for the
 * address, or staff change the address.
 */
export const bouncedAddresses = table('bounced_addresses', {
  /** Lower case, as in `clients`. */
  email: text('email').primaryKey(),
  bouncedAt: instant('bounced_at').notNull(),
  /** Staff saw a message come back. The row then stays even if a mail server accepts the next message. */
  isByHand: bool('is_by_hand').notNull().default(false),
});

interface StoredBookedDate {
  uid: string;
  position: number;
  startsAt: number;
  endsAt: number;
  therapistId: string;
  serviceId: string;
}

export interface StoredBookingAnswer {
  appointments: StoredBookedDate[];
  /** The series that was booked together with it, for a second person at the same time. */
  beside?: { seriesId: string; appointments: StoredBookedDate[] };
}

export const idempotencyKeys = table(
  'idempotency',
  {
    key: text('key').primaryKey(),
    bodyHash: text('body_hash').notNull(),
    /**
     * No foreign key: the request key is inserted first, so that a second request with it waits before it claims any
     * time.
     */
    seriesId: text('series_id').notNull(),
    /** What is needed to repeat the first answer; never a token. */
    answer: json<StoredBookingAnswer>('answer').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('idempotency_age').on(t.createdAt)],
);

export const auditEvents = table(
  'audit_events',
  {
    id: text('id').primaryKey(),
    at: instant('happened_at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    facts: json<Record<string, unknown>>('facts').notNull(),
  },
  (t) => [index('audit_events_subject').on(t.subject, t.at), index('audit_events_age').on(t.at, t.id)],
);

/** What a client wrote to the practice through the link to a plan. */
export const clientMessages = table(
  'client_messages',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** Encrypted: it may mention health, whatever the form asks for. */
    sealedWords: text('sealed_words').notNull(),
    sentAt: instant('sent_at').notNull(),
    /** When staff marked it as dealt with, and who did, as history names them. */
    answeredAt: instant('answered_at'),
    answeredBy: text('answered_by'),
  },
  (t) => [
    index('client_messages_series').on(t.seriesId, t.sentAt),
    index('client_messages_answered').on(t.answeredAt),
    check('client_messages_answered_by', sql`(${t.answeredAt} is null) = (${t.answeredBy} is null)`),
  ],
);

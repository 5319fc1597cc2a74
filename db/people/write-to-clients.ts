import { and, asc, eq, gt, gte, inArray, lt, ne } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvents } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { filterClientsWhoAgreed } from '@/db/care/consents';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import { putInOutbox } from '@/db/messages/outbox';
import { getLanguageOfAddress } from '@/db/messages/reader-language';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, clients, outbox } from '@/db/schema';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import type { Notification } from '@/scheduling/notification-types';
import { getDayInterval } from '@/scheduling/zone-conversion';
import { findVisibleClient } from './get-client';

// The practice's own message to one client, or to everyone who comes on a day.

const MOST_LETTERS = 2000;

const messageWords = z
  .string()
  .max(MOST_LETTERS * 5, 'Please keep it to 2,000 characters.')
  .transform((words) => words.replace(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(1, 'Please write something.')
      .refine((words) => hasAtMostLetters(words, MOST_LETTERS), 'Please keep it to 2,000 characters.')
      .refine(
        (words) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(words),
        'Please leave out special control characters.',
      ),
  );

/**
 * One client, or everyone who is booked on a day. A message about their dates goes to all of them; any other only to
 * those who agreed to messages beyond their bookings.
 */
export type MessageAudience = { to: string } | { on: string; about: MessageTopic };

export type MessageTopic = 'dates' | 'other';

export interface PossibleRecipient {
  id: string;
  name: string;
  /** Empty: the client cannot be reached by e-mail. */
  email: string;
  phone: string | null;
  /** They have not agreed to messages of this kind. */
  isLeftOut: boolean;
}

/** The recipients; null if there is no such client or day. */
export async function listMessageAudience(
  viewer: Staff,
  audience: MessageAudience,
): Promise<PossibleRecipient[] | null> {
  return readRecipients(await reader(), viewer, audience);
}

/** The e-mail as it would go out now: in the recipient's language for one address, in the practice's for several. */
export async function previewClientMessage(
  input: string,
  toEmails: string[] = [],
): Promise<{ ok: true; notification: Extract<Notification, { kind: 'message' }> } | Invalid> {
  const parsed = messageWords.safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error).map((issue) => ({ ...issue, path: ['words'] })));
  const practice = toNotificationPractice(await getPractice());
  const [email] = toEmails;
  if (email !== undefined && toEmails.length === 1)
    practice.language = await getLanguageOfAddress(await reader(), email);
  return { ok: true, notification: { kind: 'message', practice, words: parsed.data } };
}

export type WriteToClientsResult =
  | { ok: true; written: number }
  | Invalid
  /** `changed`: the recipients are no longer those that were shown. */
  | Refusal<'not_found' | 'changed' | 'nobody'>;

/** Identifies the recipients of a preview, for comparison when the message is sent. */
export function buildMessageAudienceKey(recipients: PossibleRecipient[]): string {
  return recipients
    .filter(({ isLeftOut }) => !isLeftOut)
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

/** The same words again within this time count as a double press. */
const SAME_PRESS_MS = 10 * 60_000;

/** Puts one e-mail for each address in the outbox. */
export async function writeToClients(
  viewer: Staff,
  { audience, words: input, seen }: { audience: MessageAudience; words: string; seen: string },
  { now }: Clock,
): Promise<WriteToClientsResult> {
  const previewed = await previewClientMessage(input);
  if (!previewed.ok) return previewed;
  const { notification } = previewed;
  return transact(async (tx): Promise<WriteToClientsResult> => {
    const recipients = await readRecipients(tx, viewer, audience);
    if (!recipients) return { ok: false, reason: 'not_found' };
    if (buildMessageAudienceKey(recipients) !== seen) return { ok: false, reason: 'changed' };
    const reachable = recipients.filter(({ email, isLeftOut }) => email !== '' && !isLeftOut);
    if (reachable.length === 0) return { ok: false, reason: 'nobody' };
    const addresses = [...new Set(reachable.map(({ email }) => email))];
    const has = await listWrittenLately(tx, addresses, notification.words, now);
    const messages = addresses.filter((email) => !has.has(email)).map((toEmail) => ({ toEmail, notification, now }));
    await putInOutbox(tx, messages);
    const event = { at: now, actor: getAuditActor(viewer), action: 'wrote' as const, facts: {} };
    const notified = reachable.filter(({ email }) => !has.has(email));
    await recordEvents(
      tx,
      notified.map(({ id }) => ({ ...event, subject: `client:${id}` })),
    );
    return { ok: true, written: addresses.length };
  });
}

async function listWrittenLately(tx: Db, addresses: string[], words: string, now: number): Promise<Set<string>> {
  const lately = await tx
    .select({ toEmail: outbox.toEmail, facts: outbox.facts })
    .from(outbox)
    .where(
      and(inArray(outbox.toEmail, addresses), eq(outbox.kind, 'message'), gt(outbox.createdAt, now - SAME_PRESS_MS)),
    );
  return new Set(lately.filter(({ facts }) => 'words' in facts && facts.words === words).map(({ toEmail }) => toEmail));
}

async function readRecipients(db: Db, viewer: Staff, audience: MessageAudience): Promise<PossibleRecipient[] | null> {
  const practice = await getPractice(db);
  const country = derivePhoneCountry(practice);
  const shown = (
    { id, name, email, phone }: Omit<PossibleRecipient, 'isLeftOut'>,
    isLeftOut = false,
  ): PossibleRecipient => ({
    ...{ id, name, email, isLeftOut },
    phone: phone === null ? null : formatPhone(phone, country),
  });
  if ('to' in audience) {
    const client = await findVisibleClient(db, viewer, audience.to);
    return client && [shown(client)];
  }
  if (!isDayWithinSupportedYears(audience.on)) return null;
  const day = getDayInterval(practice.timeZone, audience.on);
  const found = await db
    .selectDistinct({ id: clients.id, name: clients.name, email: clients.email, phone: clients.phone })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        gte(appointments.startAt, day.start),
        lt(appointments.startAt, day.end),
        ne(appointments.status, 'cancelled'),
        viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : undefined,
      ),
    )
    .orderBy(asc(clients.name), asc(clients.id));
  if (audience.about === 'dates') return found.map((client) => shown(client));
  const ids = found.map(({ id }) => id);
  const agreed = await filterClientsWhoAgreed(db, ids, 'written_to');
  return found.map((client) => shown(client, !agreed.has(client.id)));
}

import { and, eq, isNull } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { parseMobileNumber } from '@/db/input/mobile-number';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, clients, series, textConsents } from '@/db/schema';
import { readTextGateway } from '@/text-gateway-settings';
import { getReminderRules, pickReminderStepsOfService } from './reminder-rules';
import {
  addTextOptOut,
  deleteTextOptOut,
  findTextOptOut,
  liftTextOptOutByClient,
  type TextOptOut,
} from './text-opt-outs';

// Who gets text messages: a client with a confirmed e-mail address who has ticked the box for their present number.

type LinkViewer = { role: 'link'; seriesId: string };

/** The wording that was agreed to, as it is stored. */
export const TEXT_CONSENT_WORDING = 'Text me about my dates at this number. I can end it at any time.';

/**
 * `ended`: by the link of a text, and can be turned on again here. `stopped`: only a START from the number itself turns
 * them on again.
 */
export interface TextMessageConsent {
  state: 'off' | 'on' | 'ended' | 'stopped' | 'unreachable' | 'unconfirmed' | 'no_number';
  /**
   * The last digits of the number, where there is one; not the whole number, because the link may have been passed on.
   */
  ending: string;
}

/** Null where the practice sends no texts about these dates. */
export async function getTextMessageConsent({ seriesId }: LinkViewer): Promise<TextMessageConsent | null> {
  if (readTextGateway() === null) return null;
  const db = await reader();
  const client = await clientOf(db, seriesId);
  const choice = client && (await choiceOf(db, client));
  if (!choice) return null;
  return choice.state === 'on' || (await sendsTexts(db, seriesId)) ? choice : null;
}

async function sendsTexts(db: Db, seriesId: string): Promise<boolean> {
  const rules = await getReminderRules(db);
  const massages = await db
    .selectDistinct({ id: appointments.serviceId })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), eq(appointments.status, 'booked')));
  return massages.some(({ id }) => {
    const { steps, channels } = pickReminderStepsOfService(rules, id);
    return steps.some((step) => (channels[step] ?? 'email') !== 'email');
  });
}

type Client = { id: string; email: string; phone: string | null };

async function clientOf(db: Db, seriesId: string): Promise<Client | undefined> {
  const [client] = await db
    .select({ id: clients.id, email: clients.email, phone: clients.phone })
    .from(clients)
    .innerJoin(series, eq(series.clientId, clients.id))
    .where(eq(series.id, seriesId));
  return client;
}

async function choiceOf(db: Db, { id, email, phone }: Client): Promise<TextMessageConsent> {
  const number = phone && parseMobileNumber(phone);
  if (!number) return { state: 'no_number', ending: '' };
  const ending = number.slice(-3);
  const stop = await getTextOptOutOfNumber(db, number);
  if (stop?.isFinal) return { state: 'stopped', ending };
  if (email === '' || !(await isConfirmedEmailAddress(db, email))) return { state: 'unconfirmed', ending };
  if (stop) return { state: 'ended', ending };
  const [consent] = await db.select().from(textConsents).where(eq(textConsents.clientId, id));
  if (!consent || consent.number !== number || consent.endedAs === 'client') return { state: 'off', ending };
  return { state: consent.endedAs === 'unreachable' ? 'unreachable' : 'on', ending };
}

/** The opt-out of a number, whichever client gave it; null where texts may go to it. */
export async function getTextOptOutOfNumber(db: Db, number: string): Promise<TextOptOut | null> {
  const stop = await findTextOptOut(db, number);
  if (stop !== null) return stop === 'lifted' ? null : stop;
  // Stops from before opt-outs were stored separately.
  const found = await db
    .select({ id: textConsents.clientId })
    .from(textConsents)
    .where(and(eq(textConsents.number, number), eq(textConsents.endedAs, 'stop')))
    .limit(1);
  return found.length > 0 ? { isFinal: true } : null;
}

/** Saves that the client ticked the box, or cleared it. */
export async function saveTextMessageConsent(
  viewer: LinkViewer,
  isWanted: boolean,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'conflict'>> {
  return transact(async (tx) => {
    const client = await clientOf(tx, viewer.seriesId);
    if (!client) return { ok: false as const, reason: 'not_found' as const };
    const { state } = await choiceOf(tx, client);
    if (!isWanted) {
      if (state === 'on') await endConsent(tx, client.id, now);
    } else {
      if (state === 'on') return { ok: true as const };
      if (readTextGateway() === null || !['off', 'ended', 'unreachable'].includes(state))
        return { ok: false as const, reason: 'conflict' as const };
      const number = parseMobileNumber(client.phone!)!;
      if (state === 'ended') await liftTextOptOutByClient(tx, number, now);
      const consent = {
        ...({ number, way: 'link', words: TEXT_CONSENT_WORDING } as const),
        ...{ agreedAt: now, endedAt: null, endedAs: null },
      };
      await tx
        .insert(textConsents)
        .values({ clientId: client.id, ...consent })
        .onConflictDoUpdate({ target: textConsents.clientId, set: consent });
    }
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: isWanted ? 'texts wanted' : 'texts ended' },
      ...{ subject: `series:${viewer.seriesId}`, facts: {} },
    });
    return { ok: true as const };
  });
}

async function endConsent(tx: Db, clientId: string, now: number): Promise<void> {
  await tx
    .update(textConsents)
    .set({ endedAt: now, endedAs: 'client' })
    .where(and(eq(textConsents.clientId, clientId), isNull(textConsents.endedAt)));
}

/** Records that the gateway says that the number does not exist: due reminders go by e-mail. */
export async function recordUnreachableNumber(tx: Db, number: string, now: number): Promise<void> {
  await tx
    .update(textConsents)
    .set({ endedAt: now, endedAs: 'unreachable' })
    .where(and(eq(textConsents.number, number), isNull(textConsents.endedAt)));
}

/**
 * Opts a number out, and returns how many clients got texts there until now. A client who had ended them keeps that
 * state.
 */
export async function optOutNumberFromTexts(
  tx: Db,
  number: string,
  { isFinal, now }: { isFinal: boolean; now: number },
): Promise<number> {
  await addTextOptOut(tx, number, { isFinal, now });
  const ended = await tx
    .update(textConsents)
    .set({ endedAt: now, endedAs: 'stop' })
    .where(and(eq(textConsents.number, number), isNull(textConsents.endedAt)))
    .returning({ clientId: textConsents.clientId });
  await recordReplies(tx, ended, 'texts ended', now);
  return ended.length;
}

/**
 * Opts a number in again, by the number itself. Only consents that a stop has ended begin again: a START does not agree
 * to texts that the client had not ticked. Returns for how many clients.
 */
export async function optInNumberToTexts(tx: Db, number: string, { way, now }: { way: 'link' | 'text'; now: number }) {
  await deleteTextOptOut(tx, number);
  const begun = await tx
    .update(textConsents)
    .set({ way, agreedAt: now, endedAt: null, endedAs: null })
    .where(and(eq(textConsents.number, number), eq(textConsents.endedAs, 'stop')))
    .returning({ clientId: textConsents.clientId });
  await recordReplies(tx, begun, 'texts wanted', now);
  return begun.length;
}

async function recordReplies(
  tx: Db,
  clients: { clientId: string }[],
  action: 'texts ended' | 'texts wanted',
  now: number,
): Promise<void> {
  for (const { clientId } of clients)
    await recordEvent(tx, {
      ...{ at: now, actor: `client:${clientId}`, action },
      ...{ subject: `client:${clientId}`, facts: {} },
    });
}

/**
 * Handles STOP or START from any number. A STOP also holds for clients who give the number later. Returns for how many
 * clients it counted.
 */
export async function handleStopOrStart(
  { from, reply }: { from: string; reply: 'stop' | 'start' },
  { now }: Clock,
): Promise<number> {
  return transact(async (tx) => {
    const { timeZone, locale, country } = await getPractice(tx);
    const number = parseMobileNumber(from, { timeZone, locale, country });
    if (!number) return 0;
    return reply === 'stop'
      ? optOutNumberFromTexts(tx, number, { isFinal: true, now })
      : optInNumberToTexts(tx, number, { way: 'text', now });
  });
}

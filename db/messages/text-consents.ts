import { and, eq, isNull } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { readComingToken } from '@/db/access/confirm-tokens';
import { isConfirmedAddress } from '@/db/access/confirmed-addresses';
import { getLinkGeneration } from '@/db/access/manage-tokens';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { textNumberOf } from '@/db/input/text-number';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, clients, series, textConsents } from '@/db/schema';
import { textGateway } from '@/text-gateway';
import { getReminderRules, stepsOf } from './reminder-rules';
import { addStop, liftStop, listStopped } from './text-stops';

// Who gets text messages: a client who is known by their e-mail, and has ticked it for the number that they have now.

type LinkViewer = { role: 'link'; seriesId: string };

/** What was ticked, as it is kept. */
export const TEXT_CONSENT = 'Text me about my dates at this number. I can end it at any time.';

/** `stopped`: STOP was sent from this number, and only START from it begins texts again. */
export interface TextChoice {
  state: 'off' | 'on' | 'stopped' | 'unreachable' | 'unconfirmed' | 'no_number';
  /** The last digits of the number, where there is one: not all of it, for the link may have been passed on. */
  ending: string;
}

/** Null where this practice sends no texts about these dates. */
export async function getTextChoice({ seriesId }: LinkViewer): Promise<TextChoice | null> {
  if (textGateway() === null) return null;
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
    const { steps, channels } = stepsOf(rules, id);
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

async function choiceOf(db: Db, { id, email, phone }: Client): Promise<TextChoice> {
  const number = phone && textNumberOf(phone);
  if (!number) return { state: 'no_number', ending: '' };
  const ending = number.slice(-3);
  if (await hasStopped(db, number)) return { state: 'stopped', ending };
  if (email === '' || !(await isConfirmedAddress(db, email))) return { state: 'unconfirmed', ending };
  const [consent] = await db.select().from(textConsents).where(eq(textConsents.clientId, id));
  if (!consent || consent.number !== number || consent.endedAs === 'client') return { state: 'off', ending };
  return { state: consent.endedAs === 'unreachable' ? 'unreachable' : 'on', ending };
}

/** Whoever has the number has said so, whichever client it was for. */
async function hasStopped(db: Db, number: string): Promise<boolean> {
  if ((await listStopped(db, [number])).size > 0) return true;
  // What came before stops were kept by themselves.
  const found = await db
    .select({ id: textConsents.clientId })
    .from(textConsents)
    .where(and(eq(textConsents.number, number), eq(textConsents.endedAs, 'stop')))
    .limit(1);
  return found.length > 0;
}

/** The client ticks it, or takes it back. */
export async function chooseTexts(
  viewer: LinkViewer,
  wants: boolean,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'conflict'>> {
  return transact(async (tx) => {
    const client = await clientOf(tx, viewer.seriesId);
    if (!client) return { ok: false as const, reason: 'not_found' as const };
    const { state } = await choiceOf(tx, client);
    if (!wants) {
      if (state === 'on') await endConsent(tx, client.id, now);
    } else {
      if (state === 'on') return { ok: true as const };
      if (textGateway() === null || (state !== 'off' && state !== 'unreachable'))
        return { ok: false as const, reason: 'conflict' as const };
      const consent = {
        ...({ number: textNumberOf(client.phone!)!, way: 'link', words: TEXT_CONSENT } as const),
        ...{ agreedAt: now, endedAt: null, endedAs: null },
      };
      await tx
        .insert(textConsents)
        .values({ clientId: client.id, ...consent })
        .onConflictDoUpdate({ target: textConsents.clientId, set: consent });
    }
    await recordEvent(tx, {
      ...{ at: now, actor: actorOf(viewer), action: wants ? 'texts wanted' : 'texts ended' },
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

/** By the link of a text: whoever reads it wants no more of them at this number, as if they had answered STOP. */
export async function endTextsByLink(token: string, { now }: Clock): Promise<{ ok: true } | Refusal<'not_found'>> {
  const seriesId = await findSeries(token);
  if (seriesId === null) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const client = await clientOf(tx, seriesId);
    if (client && (await choiceOf(tx, client)).state === 'on') await stopNumber(tx, textNumberOf(client.phone!)!, now);
    return { ok: true as const };
  });
}

/** Whether texts go to whoever such a link is about. */
export async function getsTexts(token: string): Promise<boolean> {
  const seriesId = await findSeries(token);
  if (seriesId === null || textGateway() === null) return false;
  const db = await reader();
  const client = await clientOf(db, seriesId);
  return client !== undefined && (await choiceOf(db, client)).state === 'on';
}

async function findSeries(token: string): Promise<string | null> {
  const db = await reader();
  let seriesId: string | null = null;
  const uid = await readComingToken(token, async (appointmentId) => {
    const [date] = await db
      .select({ seriesId: appointments.seriesId })
      .from(appointments)
      .where(eq(appointments.id, appointmentId));
    seriesId = date?.seriesId ?? null;
    return seriesId === null ? null : getLinkGeneration(db, seriesId);
  });
  return uid === null ? null : seriesId;
}

/** The gateway says that nobody has this number: what is due goes by e-mail. */
export async function noteUnreachable(tx: Db, number: string, now: number): Promise<void> {
  await tx
    .update(textConsents)
    .set({ endedAt: now, endedAs: 'unreachable' })
    .where(and(eq(textConsents.number, number), isNull(textConsents.endedAt)));
}

/** Says which clients had texts there until now. What one of them has ended themselves stays ended as it was. */
async function stopNumber(tx: Db, number: string, now: number): Promise<string[]> {
  await addStop(tx, number, now);
  const ended = await tx
    .update(textConsents)
    .set({ endedAt: now, endedAs: 'stop' })
    .where(and(eq(textConsents.number, number), isNull(textConsents.endedAt)))
    .returning({ clientId: textConsents.clientId });
  await recordReplies(tx, ended, 'texts ended', now);
  return ended.map(({ clientId }) => clientId);
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
 * STOP or START from a number. START begins only what STOP has ended: nobody agrees by it to what they had not ticked.
 * A STOP is kept of any number, so that it holds for whoever gives it later. Says how many clients it was about.
 */
export async function takeReply(
  { from, reply }: { from: string; reply: 'stop' | 'start' },
  { now }: Clock,
): Promise<number> {
  return transact(async (tx) => {
    const { timeZone, locale, country } = await getPractice(tx);
    const number = textNumberOf(from, { timeZone, locale, country });
    if (!number) return 0;
    if (reply === 'stop') return (await stopNumber(tx, number, now)).length;
    await liftStop(tx, number);
    const begun = await tx
      .update(textConsents)
      .set({ way: 'text', agreedAt: now, endedAt: null, endedAs: null })
      .where(and(eq(textConsents.number, number), eq(textConsents.endedAs, 'stop')))
      .returning({ clientId: textConsents.clientId });
    await recordReplies(tx, begun, 'texts wanted', now);
    return begun.length;
  });
}

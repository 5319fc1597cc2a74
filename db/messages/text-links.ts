import { and, eq, isNull } from 'drizzle-orm';
import { hashTextLinkCode, makeAttendanceToken, makeTextLinkCode } from '@/db/access/emailed-link-tokens';
import { getManageLinkGeneration } from '@/db/access/manage-tokens';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, outbox, reminders, textConsents } from '@/db/schema';
import { canReceiveTextReplies, readTextGateway } from '@/text-gateway-settings';
import { getTextOptOutOfNumber, optInNumberToTexts, optOutNumberFromTexts } from './text-consents';

// The short link of a text. Whoever has its code reads the texts to its number, so they may end those texts, and begin
// them again.

interface TextLink {
  number: string;
  comingToken: string;
}

async function readTextCode(db: Db, code: string): Promise<TextLink | null> {
  if (!/^[\w-]{12}$/.test(code)) return null;
  const [found] = await db
    .select({
      uid: reminders.appointmentId,
      start: reminders.startAt,
      seriesId: appointments.seriesId,
      number: outbox.toEmail,
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId))
    .innerJoin(appointments, eq(appointments.id, reminders.appointmentId))
    .where(eq(reminders.tokenHash, hashTextLinkCode(code)));
  if (!found) return null;
  const generation = await getManageLinkGeneration(db, found.seriesId);
  if (makeTextLinkCode(found, generation) !== code) return null;
  return { number: found.number, comingToken: makeAttendanceToken(found.uid, generation) };
}

/** The link that a text's code leads to; null where the code is unknown, or no longer valid. */
export async function findAttendanceTokenByCode(code: string): Promise<string | null> {
  return (await readTextCode(await reader(), code))?.comingToken ?? null;
}

/** `ended`: can be turned on again here. `stopped`: only by START from the number. */
export type NumberTextState = 'on' | 'ended' | 'stopped';

/**
 * Whether texts go to the number that this text went to; null where no client wants any there, or there is no such
 * text.
 */
export async function getTextStateByCode(code: string): Promise<NumberTextState | null> {
  const db = await reader();
  const link = await readTextCode(db, code);
  return link && textsTo(db, link.number);
}

async function textsTo(db: Db, number: string): Promise<NumberTextState | null> {
  const gateway = readTextGateway();
  if (!gateway) return null;
  const stop = await getTextOptOutOfNumber(db, number);
  // A service that has received STOP sends nothing to that number until it receives START.
  if (stop) return stop.isFinal && canReceiveTextReplies(gateway) ? 'stopped' : 'ended';
  const consentCount = await db.$count(
    textConsents,
    and(eq(textConsents.number, number), isNull(textConsents.endedAt)),
  );
  return consentCount > 0 ? 'on' : null;
}

/** Ends texts to the number of this text, for every client who gave it; or begins them again. */
export async function setTextStateByCode(
  code: string,
  isWanted: boolean,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'conflict'>> {
  return transact<{ ok: true } | Refusal<'not_found' | 'conflict'>>(async (tx, undo) => {
    const link = await readTextCode(tx, code);
    if (!link) return { ok: false, reason: 'not_found' };
    const texts = await textsTo(tx, link.number);
    if (isWanted && (texts === 'stopped' || texts === null)) return { ok: false, reason: 'conflict' };
    // If no client has the number any more, nothing begins.
    if (isWanted && texts === 'ended' && (await optInNumberToTexts(tx, link.number, { way: 'link', now })) === 0)
      return undo({ ok: false, reason: 'conflict' });
    if (!isWanted && texts === 'on') await optOutNumberFromTexts(tx, link.number, { isFinal: false, now });
    return { ok: true };
  });
}

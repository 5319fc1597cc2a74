import { and, count, eq } from 'drizzle-orm';
import { endAllPlansLink } from '@/db/access/all-plans-links';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { UNDECRYPTABLE_TEXT } from '@/db/access/encryption';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { buildClientSearchText } from '@/db/input/search-text';
import { waitingMessageCondition } from '@/db/messages/outbox';
import type { Clock, Refusal } from '@/db/results';
import {
  appointments,
  auditEvents,
  clients,
  consents,
  followUpOptOuts,
  ledgerEntries,
  outbox,
  series,
  textConsents,
  waitlistEntries,
} from '@/db/schema';
import { readdressWaitingMail } from './change-client';
import { decryptAlerts, encryptAlerts } from './client-alert-encryption';
import { type ClientRow, findVisibleClient } from './get-client';

// Merges two entries of the same person.

/** What would move from one entry to the other. */
export interface ClientRecordCounts {
  series: number;
  appointments: number;
  payments: number;
  consents: number;
  /** E-mails that are still waiting to be sent. */
  waitingMail: number;
  isConfirmed: boolean;
}

/** What belongs to a client; null if the viewer may not merge clients, or does not find this one. */
export async function countClientBelongings(viewer: Staff, id: string): Promise<ClientRecordCounts | null> {
  const db = await reader();
  const client = managesAllCalendars(viewer) ? await findVisibleClient(db, viewer, id) : null;
  if (!client) return null;
  const first = async (query: PromiseLike<{ many: number }[]>) => (await query)[0]?.many ?? 0;
  const many = { many: count() };
  const isIts = eq(series.clientId, id);
  return {
    series: await first(db.select(many).from(series).where(isIts)),
    appointments: await first(db.select(many).from(appointments).where(eq(appointments.clientId, id))),
    payments: await first(db.select(many).from(ledgerEntries).where(eq(ledgerEntries.clientId, id))),
    consents: await first(
      db.select(many).from(consents).innerJoin(series, eq(series.id, consents.seriesId)).where(isIts),
    ),
    waitingMail: await first(
      db
        .select(many)
        .from(outbox)
        .innerJoin(series, eq(series.id, outbox.seriesId))
        .where(and(isIts, eq(outbox.toEmail, client.email), waitingMessageCondition)),
    ),
    isConfirmed: client.email !== '' && (await isConfirmedEmailAddress(db, client.email)),
  };
}

/** `locked`: alerts of one of them cannot be decrypted here, and would be lost. */
type MergeResult = { ok: true } | Refusal<'not_found' | 'conflict' | 'locked'>;

/**
 * Moves everything from one entry to the other, and deletes the first. Values of the kept entry stay; missing ones are
 * taken from the other. Refused if either has changed since it was shown.
 */
export async function mergeClients(
  viewer: Staff,
  request: { keep: { id: string; version: number }; join: { id: string; version: number } },
  { now }: Clock,
): Promise<MergeResult> {
  const { keep, join } = request;
  if (!managesAllCalendars(viewer) || keep.id === join.id) return { ok: false, reason: 'not_found' };
  return transact(async (tx, undo): Promise<MergeResult> => {
    const target = await findVisibleClient(tx, viewer, keep.id);
    const joined = await findVisibleClient(tx, viewer, join.id);
    if (!target || !joined) return { ok: false, reason: 'not_found' };
    if ([target, joined].some(({ sealedAlerts }) => decryptAlerts(sealedAlerts).includes(UNDECRYPTABLE_TEXT)))
      return { ok: false, reason: 'locked' };
    // Both rows are locked in the same order by everyone, so that a concurrent merge or change waits here.
    for (const { id, version } of [keep, join].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const locked = await tx
        .update(clients)
        .set({ version: version + 1 })
        .where(and(eq(clients.id, id), eq(clients.version, version)))
        .returning({ id: clients.id });
      if (locked.length === 0) return undo<MergeResult>({ ok: false, reason: 'conflict' });
    }
    const after = together(target, joined);
    if (joined.email !== after.email) await endAllPlansLink(tx, joined.email);
    if (joined.email !== after.email && after.email !== '')
      await readdressWaitingMail(tx, { id: joined.id, from: joined.email, to: after.email }, now);
    await moveAll(tx, joined.id, target.id);
    await tx.delete(clients).where(eq(clients.id, joined.id));
    await tx.update(clients).set(after).where(eq(clients.id, target.id));
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: 'clients joined', subject: `client:${target.id}` },
      facts: { joined: joined.id },
    });
    return { ok: true };
  });
}

async function moveAll(tx: Db, from: string, to: string): Promise<void> {
  const clientId = to;
  await tx.update(series).set({ clientId }).where(eq(series.clientId, from));
  await tx.update(appointments).set({ clientId }).where(eq(appointments.clientId, from));
  await tx.update(ledgerEntries).set({ clientId }).where(eq(ledgerEntries.clientId, from));
  await tx.update(waitlistEntries).set({ clientId }).where(eq(waitlistEntries.clientId, from));
  await moveTextConsent(tx, from, to);
  const [stop] = await tx.delete(followUpOptOuts).where(eq(followUpOptOuts.clientId, from)).returning();
  if (stop)
    await tx
      .insert(followUpOptOuts)
      .values({ ...stop, clientId })
      .onConflictDoNothing();
  await tx
    .update(auditEvents)
    .set({ subject: `client:${to}` })
    .where(eq(auditEvents.subject, `client:${from}`));
}

/**
 * With the same number, the latest consent counts; otherwise the consent of the kept entry, if it has one. A STOP
 * belongs to the number, and stays.
 */
async function moveTextConsent(tx: Db, from: string, to: string): Promise<void> {
  const consentOf = async (id: string) =>
    (await tx.select().from(textConsents).where(eq(textConsents.clientId, id)))[0];
  const [joined, targetConsent] = [await consentOf(from), await consentOf(to)];
  if (!joined) return;
  await tx.delete(textConsents).where(eq(textConsents.clientId, from));
  const decidedAt = (consent: typeof joined) => consent.endedAt ?? consent.agreedAt;
  if (targetConsent && (targetConsent.number !== joined.number || decidedAt(targetConsent) >= decidedAt(joined)))
    return;
  await tx.delete(textConsents).where(eq(textConsents.clientId, to));
  await tx.insert(textConsents).values({ ...joined, clientId: to });
}

const STRICT = { online: 0, approval: 1, blocked: 2 };

function together(target: ClientRow, joined: ClientRow): Partial<ClientRow> & { email: string } {
  const email = target.email || joined.email;
  const phone = target.phone ?? joined.phone;
  const alerts = [...new Set([...decryptAlerts(target.sealedAlerts), ...decryptAlerts(joined.sealedAlerts)])];
  return {
    email,
    phone,
    searchText: buildClientSearchText({ name: target.name, email, phone }),
    language: target.language || joined.language,
    favouriteTherapistId: target.favouriteTherapistId ?? joined.favouriteTherapistId,
    tags: [...new Set([...target.tags, ...joined.tags])],
    sealedAlerts: alerts.length === 0 ? (target.sealedAlerts ?? joined.sealedAlerts) : encryptAlerts(alerts),
    booking: STRICT[joined.booking] > STRICT[target.booking] ? joined.booking : target.booking,
    extraMinutes: Math.max(target.extraMinutes, joined.extraMinutes),
    createdAt: Math.min(target.createdAt, joined.createdAt),
  };
}

import { createHash } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import {
  type CareConsentKind,
  type ConsentSigner,
  careConsentKinds,
  getConsentTextForSigner,
  isCareConsentKind,
  isGuardianConsentVersion,
} from '@/care/consents';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import type { Db } from '@/db/connection/connection';
import { getConnection, reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import {
  appointments,
  consents,
  consentWithdrawals,
  intakes,
  scoreGoals,
  scores,
  series,
  sessionChecks,
} from '@/db/schema';
import { type CareViewer, findHealthAccess, type HealthAccess, listSeriesIdsOfClient } from './health-access';

/** One consent, and whether it is still valid. */
export interface ConsentRecord {
  id: string;
  kind: typeof consents.$inferSelect.kind;
  words: string;
  version: string;
  way: 'page' | 'api' | 'staff';
  at: number;
  hash: string;
  /** The session, if the consent is for one session only. */
  session: { uid: string; startsAt: number; endsAt: number } | null;
  withdrawn: { at: number; way: 'page' | 'staff'; hash: string } | null;
}

/** All consents of a client, latest first; null if the viewer may not see the client. */
export async function listConsents(viewer: CareViewer, clientId?: string): Promise<ConsentRecord[] | null> {
  const db = await reader();
  const access = await findHealthAccess(db, viewer, clientId);
  return access && readConsents(db, access.seriesIds);
}

async function readConsents(db: Db, seriesIds: string[]): Promise<ConsentRecord[]> {
  const found = await db
    .select({
      given: consents,
      withdrawn: consentWithdrawals,
      session: { uid: appointments.id, startsAt: appointments.startAt, endsAt: appointments.endAt },
    })
    .from(consents)
    .leftJoin(appointments, eq(appointments.id, consents.appointmentId))
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(inArray(consents.seriesId, seriesIds))
    .orderBy(desc(consents.at), asc(consents.kind), asc(consents.id));
  return found.map(({ given: row, withdrawn, session }) => {
    const { id, kind, words, version, way, at, hash } = row;
    const end = withdrawn && { at: withdrawn.at, way: withdrawn.way, hash: withdrawn.hash };
    return { id, kind, words, version, way, at, hash, session, withdrawn: end };
  });
}

/** The state of each of the three consents: given, withdrawn, or never given. */
export type CareConsentStates = Record<CareConsentKind, 'given' | 'withdrawn' | 'never'>;

export async function readConsentStates(db: Db, seriesIds: string[]): Promise<CareConsentStates> {
  const all = await readConsents(db, seriesIds);
  const stateOf = (kind: CareConsentKind) => {
    const own = all.filter((consent) => consent.kind === kind);
    if (own.length === 0) return 'never';
    return own.some(({ withdrawn }) => withdrawn === null) ? 'given' : 'withdrawn';
  };
  return Object.fromEntries(careConsentKinds.map((kind) => [kind, stateOf(kind)])) as CareConsentStates;
}

/** Those of these clients who have a valid consent, through any of their links. */
export async function filterClientsWhoAgreed(db: Db, clientIds: string[], kind: CareConsentKind): Promise<Set<string>> {
  const found = await db
    .selectDistinct({ clientId: series.clientId })
    .from(consents)
    .innerJoin(series, eq(series.id, consents.seriesId))
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(and(inArray(series.clientId, clientIds), eq(consents.kind, kind), isNull(consentWithdrawals.consentId)));
  return new Set(found.map(({ clientId }) => clientId));
}

/**
 * Whether a client is under 18, judged by who gave the latest valid consent: a parent or guardian, or the client. Where
 * every consent was withdrawn, the latest of them still tells.
 */
export async function isClientUnder18(db: Db, clientId: string): Promise<boolean> {
  const all = await readConsents(db, await listSeriesIdsOfClient(db, clientId));
  const ofCare = all.filter(({ kind }) => isCareConsentKind(kind));
  const latest = ofCare.find(({ withdrawn }) => withdrawn === null) ?? ofCare[0];
  return latest !== undefined && isGuardianConsentVersion(latest.version);
}

/**
 * Stores the given consents, unless the same words are in force already. A guardian speaks for a client under 18, and a
 * client who has turned 18 speaks for themselves: either ends every one of the three that the other gave, also those not
 * given anew.
 */
export async function recordGivenConsents(
  tx: Db,
  access: HealthAccess,
  kinds: CareConsentKind[],
  { signer, now }: { signer: ConsentSigner; now: number },
): Promise<void> {
  const { name } = await getPractice(tx);
  const way = access.way === 'staff' ? 'staff' : 'page';
  const all = await readConsents(tx, access.seriesIds);
  const standing = all.filter(({ kind, withdrawn }) => isCareConsentKind(kind) && withdrawn === null);
  const ofOther = standing.filter(({ version }) => isGuardianConsentVersion(version) !== (signer === 'guardian'));
  const ids = ofOther.map(({ id }) => id);
  if (ids.length > 0) await endConsents(tx, { isOf: inArray(consents.id, ids), way, now });
  for (const kind of kinds) {
    const text = getConsentTextForSigner(kind, name, signer);
    if (
      standing.some(
        (consent) => consent.kind === kind && consent.version === text.version && consent.words === text.text,
      )
    )
      continue;
    await writeConsentWithWording(tx, text, { kind, subject: { seriesId: access.seriesId }, way, now });
  }
}

/**
 * Withdraws a consent, in all its versions. The record stays, with the time it ended. Withdrawing the consent to store
 * health answers also deletes the answers.
 */
export async function withdrawConsent(
  viewer: CareViewer,
  { kind, clientId }: { kind: CareConsentKind; clientId?: string },
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  const { whileErasing } = await getConnection();
  return whileErasing(
    () =>
      transact(async (tx): Promise<{ ok: true } | Refusal<'not_found'>> => {
        const access = await findHealthAccess(tx, viewer, clientId);
        if (!access || !careConsentKinds.includes(kind)) return { ok: false, reason: 'not_found' };
        const all = await listSeriesIdsOfClient(tx, access.clientId);
        await lockHealthAnswersOfSeries(tx, all);
        const way = access.way === 'staff' ? 'staff' : 'page';
        const isOf = and(eq(consents.kind, kind), inArray(consents.seriesId, access.seriesIds));
        const ended = await endConsents(tx, { isOf, way, now });
        if (kind === 'health_kept') {
          await deleteHealthAnswers(tx, access.seriesIds);
          // Session checks through the client's other links stay as long as one of their links has a valid consent.
          if ((await readConsentStates(tx, all)).health_kept !== 'given') await deleteSessionChecks(tx, all);
        }
        if (ended > 0) {
          const event = {
            at: now,
            actor: getAuditActor(viewer),
            subject: `series:${access.seriesId}`,
            facts: { kind },
          };
          await recordEvent(tx, { ...event, action: 'consent withdrawn' });
        }
        return { ok: true };
      }),
    { isSmall: true },
  );
}

/**
 * Saving health answers of these series and withdrawing a consent to it wait for each other here, so that nothing is
 * saved after a withdrawal.
 */
export async function lockHealthAnswersOfSeries(tx: Db, seriesIds: string[]): Promise<void> {
  for (const id of seriesIds.toSorted())
    await tx
      .update(series)
      .set({ version: sql`${series.version}` })
      .where(eq(series.id, id));
}

/** Ends those of these consents that are still valid, and returns how many there were. */
export async function endConsents(
  tx: Db,
  { isOf, way, now }: { isOf: SQL | undefined; way: 'page' | 'staff'; now: number },
): Promise<number> {
  const standing = await tx
    .select({ id: consents.id, hash: consents.hash })
    .from(consents)
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(and(isOf, isNull(consentWithdrawals.consentId)));
  for (const { id, hash } of standing) {
    const end = { consentId: id, way, at: now, hash: hashOf([hash, way, now]) } as const;
    await tx.insert(consentWithdrawals).values(end).onConflictDoNothing();
  }
  return standing.length;
}

async function deleteHealthAnswers(tx: Db, seriesIds: string[]): Promise<void> {
  for (const table of [intakes, scores, scoreGoals]) await tx.delete(table).where(inArray(table.seriesId, seriesIds));
  await deleteSessionChecks(tx, seriesIds);
}

async function deleteSessionChecks(tx: Db, seriesIds: string[]): Promise<void> {
  const dates = tx.select({ id: appointments.id }).from(appointments).where(inArray(appointments.seriesId, seriesIds));
  await tx.delete(sessionChecks).where(inArray(sessionChecks.appointmentId, dates));
}

function hashOf(parts: (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

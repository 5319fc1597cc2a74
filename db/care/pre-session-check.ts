import { and, asc, eq, gt } from 'drizzle-orm';
import { type ConsentSigner, getSensitiveAreaConsentText } from '@/care/consents';
import { parseWarningSigns, safetyQuestionsByScreen, type WarningSignsInput } from '@/care/intake-questions';
import type { SafetyAnswers, SafetyQuestionId } from '@/care/safety';
import type { SensitiveArea } from '@/care/sensitive-areas';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { maySeeHealthOfClient } from '@/db/access/viewer-conditions';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import { endMoveLimitExemptions, exemptFromMoveLimits } from '@/db/booking/move-limit-exemptions';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, consents, sessionChecks } from '@/db/schema';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { hasUnansweredSensitiveArea, listAreasToAskAbout } from './areas-to-ask-about';
import { endConsents, isClientUnder18, lockHealthAnswersOfSeries, readConsentStates } from './consents';
import { cleanFreeText, isFreeTextShortEnough } from './free-text';
import { listSeriesIdsOfClient } from './health-access';
import { decryptSessionCheck, encryptSessionCheck, type SessionCheckAnswers } from './health-answer-encryption';
import { screenIntakeAnswers } from './intake';
import {
  decryptStoredAnswer,
  findStoredSessionCheck,
  getUrgency,
  type SessionCheckAssessment,
} from './session-check-answers';

/** How long before a session the check opens. */
export const SESSION_CHECK_OPENS_MS = 24 * 60 * 60 * 1000;

/** Every safety question that is not a follow-up: the news may concern any of them. */
export const sessionCheckQuestions: SafetyQuestionId[] = [
  ...safetyQuestionsByScreen.now,
  ...safetyQuestionsByScreen.lately,
  ...safetyQuestionsByScreen.health,
];

/** Who opens the check: a client's link, or staff for a client who stands at the desk. */
export type SessionCheckViewer = Extract<Viewer, { role: 'link' | 'owner' | 'therapist' | 'front_desk' }>;

/** What is asked before one session, and the answers. */
export interface SessionCheck {
  uid: string;
  clientId: string;
  startsAt: number;
  opensAt: number;
  isOpen: boolean;
  /** Without consent nothing can be stored. */
  hasConsent: boolean;
  /** The sensitive places near which the therapist may work, so the client is asked about them. */
  areas: SensitiveArea[];
  /** The viewer asks every client about all places, because they may not know which apply. */
  asksEverybody: boolean;
  /** A parent or guardian answers and consents. */
  isUnder18: boolean;
  /** Null if nothing was answered yet. Its answers are null for the front desk, and if they cannot be decrypted. */
  answer: SessionCheckAssessment | null;
}

/** The session that a link is asked about: the next one. */
export async function findNextSession(seriesId: string, { now }: Clock): Promise<string | null> {
  const [next] = await (await reader())
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), eq(appointments.status, 'booked'), gt(appointments.startAt, now)))
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(1);
  return next?.id ?? null;
}

/** The check of one session; null if the viewer may not see the session, or it is not booked any more. */
export async function getSessionCheck(
  viewer: SessionCheckViewer,
  uid: string,
  { now }: Clock,
): Promise<SessionCheck | null> {
  const db = await reader();
  const row = await findSession(db, viewer, uid);
  if (!row) return null;
  const stored = await findStoredSessionCheck(db, row);
  const mayRead = await mayReadAnswers(db, viewer, row);
  const found = stored && (await decryptStoredAnswer(db, stored));
  return {
    ...{ uid, clientId: row.clientId, startsAt: row.startAt, opensAt: row.startAt - SESSION_CHECK_OPENS_MS },
    isOpen: isOpen(viewer, row, now),
    hasConsent: await hasHealthConsent(db, row),
    areas: await listAreasToAskAbout(db, row, mayRead),
    asksEverybody: !mayRead,
    isUnder18: await isClientUnder18(db, row.clientId),
    answer: found && (mayRead ? found : { ...found, answers: null, verdict: null }),
  };
}

/** What is new: "nothing" with one press, or a list. */
export type SessionCheckValues =
  | { isNew: false }
  | ({ isNew: true; about: Record<string, string> } & WarningSignsInput);

export type SessionCheckResult =
  | { ok: true; asksAreas: boolean }
  | Invalid
  | Refusal<'not_found' | 'closed' | 'consent' | 'guardian'>
  /** The answer has changed since the page was opened; `at` is when. */
  | (Refusal<'changed'> & { at: number });

/** Whether it was refused because the answer has changed meanwhile. */
export function isRefusedAsChanged(
  result: SessionCheckResult | null,
): result is Extract<SessionCheckResult, { reason: 'changed' }> {
  return result !== null && !result.ok && result.reason === 'changed';
}

/** Whether it was refused because the wrong person answered: the client instead of the guardian, or the reverse. */
export function isWrongSignerRefusal(result: SessionCheckResult | SaveAllowedAreasResult | 'busy' | null): boolean {
  return result !== null && result !== 'busy' && !result.ok && result.reason === 'guardian';
}

/**
 * Saves what is new before a session. A client who has a fever or is ill may move that date, even after the deadline.
 * The answer can be changed until the session begins; the last one counts. `seen` is when the answer shown on the page
 * was given; 0 for none. A page opened before a later answer does not overwrite it. `signer` is the person whose
 * wording the page used: before a session of a client under 18 this has to be the parent or guardian.
 */
export async function saveSessionCheck(
  viewer: SessionCheckViewer,
  {
    uid,
    seen,
    signer = 'adult',
    ...values
  }: { uid: string; seen: number; signer?: ConsentSigner } & SessionCheckValues,
  { now }: Clock,
): Promise<SessionCheckResult> {
  const read = values.isNew ? parseWarningSigns(sessionCheckQuestions, values) : null;
  if (read && !read.ok) {
    const message =
      read.problem === 'nothing'
        ? 'Tick what applies, or “None of these”.'
        : 'You ticked “None of these” and something else. Leave one of them.';
    return invalid([{ path: ['signs'], message }]);
  }
  const answers: SafetyAnswers = read?.answers ?? {};
  const about = values.isNew ? values.about : {};
  const long = Object.entries(about).filter(([, words]) => !isFreeTextShortEnough(words));
  if (long.length > 0)
    return invalid(long.map(([id]) => ({ path: [`about-${id}`], message: 'Please keep it to 500 letters.' })));
  return transact(async (tx): Promise<SessionCheckResult> => {
    const row = await findSession(tx, viewer, uid);
    if (!row) return { ok: false, reason: 'not_found' };
    if (!isOpen(viewer, row, now)) return { ok: false, reason: 'closed' };
    await lockHealthAnswersOfSeries(tx, await listSeriesIdsOfClient(tx, row.clientId));
    if (!(await hasHealthConsent(tx, row))) return { ok: false, reason: 'consent' };
    if ((await signerOf(tx, row)) !== signer) return { ok: false, reason: 'guardian' };
    const before = await findStoredSessionCheck(tx, row);
    const isAsBefore = !values.isNew && before !== null && decryptSessionCheck(before.sealedBefore)?.isNew === false;
    if (!isAsBefore && (before?.saidAt ?? 0) !== seen) return { ok: false, reason: 'changed', at: before?.saidAt ?? 0 };
    const areas = before ? (decryptSessionCheck(before.sealedBefore)?.areas ?? null) : null;
    const applying = sessionCheckQuestions.filter((id) => answers[id] === 'yes' || answers[id] === 'unsure');
    const words = applying.map((id) => [id, cleanFreeText(about[id] ?? '')] as const).filter(([, text]) => text !== '');
    const answersToStore = { isNew: applying.length > 0, answers, about: Object.fromEntries(words), areas, signer };
    await store(tx, viewer, row, answersToStore, now);
    if (answers.infection === 'yes') await exemptFromMoveLimits(tx, [row], now);
    else await endMoveLimitExemptions(tx, [uid]);
    const event = { at: now, actor: getAuditActor(viewer), subject: `appointment:${uid}`, facts: {} };
    await recordEvent(tx, { ...event, action: 'answered before a session' });
    const verdict = answersToStore.isNew ? await screenIntakeAnswers(tx, answers) : null;
    const askedAreas = await listAreasToAskAbout(tx, row, await mayReadAnswers(tx, viewer, row));
    return { ok: true, asksAreas: getUrgency(verdict) === null && hasUnansweredSensitiveArea(askedAreas, areas) };
  });
}

type SaveAllowedAreasResult = { ok: true } | Refusal<'not_found' | 'closed' | 'guardian'>;

/**
 * Saves where the therapist may work in this session. A no changes the plan for that session, never its price. A yes is
 * a separate consent, which ends when every yes has become a no.
 */
export async function saveAllowedAreas(
  viewer: SessionCheckViewer,
  { uid, allowed, signer = 'adult' }: { uid: string; allowed: string[]; signer?: ConsentSigner },
  { now }: Clock,
): Promise<SaveAllowedAreasResult> {
  return transact(async (tx): Promise<SaveAllowedAreasResult> => {
    const row = await findSession(tx, viewer, uid);
    if (row) await lockHealthAnswersOfSeries(tx, [row.seriesId]);
    const stored = row && (await findStoredSessionCheck(tx, row));
    const previous = stored && decryptSessionCheck(stored.sealedBefore);
    const askedAreas = row ? await listAreasToAskAbout(tx, row, await mayReadAnswers(tx, viewer, row)) : [];
    if (!row || !previous || askedAreas.length === 0) return { ok: false, reason: 'not_found' };
    if (!isOpen(viewer, row, now)) return { ok: false, reason: 'closed' };
    if ((await signerOf(tx, row)) !== signer) return { ok: false, reason: 'guardian' };
    const areaAnswers = askedAreas.map((area) => [area, allowed.includes(area) ? 'yes' : 'no'] as const);
    // Earlier answers about places that are not asked about here stay.
    const areas = { ...previous.areas, ...Object.fromEntries(areaAnswers) };
    await store(tx, viewer, row, { ...previous, areas, signer }, now);
    const isAny = Object.values(areas).includes('yes');
    const way = isStaff(viewer) ? 'staff' : 'page';
    await endConsents(tx, { isOf: eq(consents.appointmentId, uid), way, now });
    if (!isAny) return { ok: true };
    const { timeZone, locale } = await getPractice(tx);
    const when = `${formatDay(toWallTime(timeZone, row.startAt).on, 'long', locale)} at ${formatTime(timeZone, row.startAt, locale)}`;
    const subject = { seriesId: row.seriesId, appointmentId: uid };
    await writeConsentWithWording(tx, getSensitiveAreaConsentText(when, signer), {
      kind: 'sensitive_area',
      subject,
      way,
      now,
    });
    return { ok: true };
  });
}

async function findSession(db: Db, viewer: SessionCheckViewer, uid: string): Promise<AppointmentRow | null> {
  const row = await findEditableAppointment(db, viewer, uid);
  return row?.status === 'booked' ? row : null;
}

/** Open until the session begins; for a client who stands at the desk, until it is over. */
function isOpen(viewer: SessionCheckViewer, { startAt, endAt }: AppointmentRow, now: number): boolean {
  return now >= startAt - SESSION_CHECK_OPENS_MS && now < (isStaff(viewer) ? endAt : startAt);
}

/** Whether answers may be stored: the client may have consented through any of their links. */
async function hasHealthConsent(db: Db, { clientId }: AppointmentRow): Promise<boolean> {
  return (await readConsentStates(db, await listSeriesIdsOfClient(db, clientId))).health_kept === 'given';
}

async function store(
  tx: Db,
  viewer: SessionCheckViewer,
  { id, startAt }: AppointmentRow,
  answers: SessionCheckAnswers,
  now: number,
): Promise<void> {
  const way = isStaff(viewer) ? 'staff' : 'link';
  const values = { startAt, way, saidAt: now, sealedBefore: encryptSessionCheck(answers) } as const;
  await tx
    .insert(sessionChecks)
    .values({ appointmentId: id, ...values })
    .onConflictDoUpdate({ target: sessionChecks.appointmentId, set: values });
}

/**
 * All links of a client may read an answer given through one of them; so may staff who may know the client's health.
 */
async function mayReadAnswers(db: Db, viewer: SessionCheckViewer, { clientId }: AppointmentRow): Promise<boolean> {
  return viewer.role === 'link' || maySeeHealthOfClient(db, viewer, clientId);
}

/** Who has to answer before a session, and whose consent is needed. */
async function signerOf(db: Db, { clientId }: AppointmentRow): Promise<ConsentSigner> {
  return (await isClientUnder18(db, clientId)) ? 'guardian' : 'adult';
}

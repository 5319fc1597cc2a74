import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, notInArray } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { exceedsNetworkLimit, hashIp, senderNetworkCondition } from '@/db/access/hash-ip';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import { findOrMakeClient } from '@/db/booking/insert-series-rows';
import { areUnconfirmedCapsOn } from '@/db/booking/unconfirmed-caps';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { dropOutdatedMessages, putInOutbox, type StoredFacts } from '@/db/messages/outbox';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import { clients, waitlistEntries } from '@/db/schema';
import { MAX_WAITLIST_REQUESTS } from '@/scheduling/waitlist-matching';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type WaitlistEntry, waitingEntryCondition } from './confirm-and-end-entries';
import { listJoinRequestIssues } from './join-request-issues';
import { type JoinWaitlistRequest, joinRequestSchema } from './join-request-schema';
import { mayMoveSooner } from './may-move-sooner';
import { queueFreeTimesForEntry } from './queue-free-times-for-entry';
import { type RequestedPerson, readWaitingPerson, type WaitingPerson } from './waiting-person';
import { isWaitlistEmailStillTrue } from './waitlist-email-validity';

// Joining the waitlist. A request from an unconfirmed address keeps no time from others: nothing is offered for it
// before the link in its e-mail was pressed.

/** `mustConfirm`: the request must be confirmed by the link in its e-mail. */
export type JoinWaitlistResult =
  | { ok: true; entryId: string; mustConfirm: boolean }
  | Invalid
  /** `too_often`: the network has sent too many unconfirmed requests today. */
  | Refusal<'too_many' | 'too_often'>;

/** Puts somebody on the waitlist. */
export async function joinWaitlist(
  viewer: Viewer,
  request: JoinWaitlistRequest,
  waiting: RequestedPerson,
  /**
   * `sender`: the network address of the request. `mustHavePhone`: needed because no e-mail would reach a new client.
   */
  { now, sender, mustHavePhone }: Clock & { sender?: string; mustHavePhone?: boolean },
): Promise<JoinWaitlistResult> {
  const parsed = joinRequestSchema.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  // Only staff may call a request urgent: clients would always do so.
  const checked = { ...parsed.data, isUrgent: isStaff(viewer) && parsed.data.isUrgent };
  return transact<JoinWaitlistResult>(async (tx) => {
    const practice = await getPractice(tx);
    const issues = await listJoinRequestIssues(tx, checked, practice, now);
    const who = await readWaitingPerson(tx, viewer, waiting, practice);
    if (!who.ok) return invalid([...issues, ...who.issues]);
    if (mustHavePhone && who.clientId === null && who.phone === null)
      issues.push({ path: ['client', 'phone'], message: 'Enter a phone number: this site sends no e-mail yet.' });
    if (issues.length > 0) return invalid(issues);
    return writeEntry(tx, viewer, { ...checked, swapAppointmentId: null }, who, practice, { now, sender });
  });
}

/**
 * For the holder of a date who would like to come sooner: the same massage, on other days and times of their choice.
 */
export async function joinWaitlistForSooner(
  viewer: Viewer,
  request: { uid: string } & Pick<JoinWaitlistRequest, 'therapistId' | 'dayParts' | 'isUrgent'>,
  { now }: Clock,
): Promise<JoinWaitlistResult | Refusal<'not_found' | 'too_late'>> {
  return transact<JoinWaitlistResult | Refusal<'not_found' | 'too_late'>>(async (tx) => {
    const row = await findEditableAppointment(tx, viewer, request.uid);
    if (row?.status !== 'booked' || row.startAt <= now) return { ok: false, reason: 'not_found' };
    const practice = await getPractice(tx);
    if (!mayMoveSooner({ ...row, moves: row.movesByClient }, practice, now)) return { ok: false, reason: 'too_late' };
    const { timeZone } = practice;
    const parsed = joinRequestSchema.safeParse({
      ...request,
      serviceId: row.serviceId,
      minutes: row.minutes,
      cadence: 'once',
      sessions: 1,
      fromOn: toWallTime(timeZone, now).on,
      untilOn: toWallTime(timeZone, row.startAt).on,
      atTime: null,
    });
    if (!parsed.success) return invalid(toIssues(parsed.error));
    const issues = await listJoinRequestIssues(tx, parsed.data, practice, now);
    if (issues.length > 0) return invalid(issues);
    const who = await readWaitingPerson(tx, viewer, { id: row.clientId }, practice);
    if (!who.ok) return invalid(who.issues);
    return writeEntry(tx, viewer, { ...parsed.data, swapAppointmentId: row.id }, who, practice, { now });
  });
}

async function writeEntry(
  tx: Db,
  viewer: Viewer,
  request: JoinWaitlistRequest & { swapAppointmentId: string | null },
  who: WaitingPerson,
  practice: Practice,
  { now, sender }: Clock & { sender?: string | undefined },
): Promise<JoinWaitlistResult> {
  // Two requests at once are counted one after the other.
  await lockPractice(tx);
  if ((await countRequests(tx, who, toWallTime(practice.timeZone, now).on)) >= MAX_WAITLIST_REQUESTS)
    return { ok: false, reason: 'too_many' };
  const isConfirmed = isStaff(viewer) || (who.clientId !== null && (await isConfirmedEmailAddress(tx, who.email)));
  const unproven = isConfirmed || sender === undefined ? null : hashIp(sender);
  const makingRoom = await listMakingRoom(tx, who.email);
  if (
    unproven !== null &&
    areUnconfirmedCapsOn(viewer) &&
    (await exceedsJoinLimit(tx, unproven, makingRoom, practice, now))
  )
    return { ok: false, reason: 'too_often' };
  if (makingRoom.length > 0) await tx.delete(waitlistEntries).where(inArray(waitlistEntries.id, makingRoom));
  const { name, email, phone } = who;
  const clientId =
    who.clientId ?? (isConfirmed ? await findOrMakeClient(tx, { name, email, phone: phone ?? undefined }, now) : null);
  const entry: WaitlistEntry = {
    ...request,
    id: randomUUID(),
    clientId,
    pendingName: clientId === null ? name : null,
    pendingEmail: clientId === null ? email : null,
    pendingPhone: clientId === null ? phone : null,
    bookedBy: who.bookedBy,
    therapistId: request.therapistId === 'any' ? null : request.therapistId,
    source: isStaff(viewer) ? 'desk' : 'online',
    sender: unproven,
    createdAt: now,
    confirmedAt: isConfirmed ? now : null,
    endedAt: null,
    endedAs: null,
  };
  await tx.insert(waitlistEntries).values(entry);
  const notification = {
    ...({ kind: 'waitlist', state: 'joined', entryId: entry.id } as const),
    practice: toNotificationPractice(practice),
    mustConfirm: !isConfirmed,
  };
  // E-mails about entries that made room, or have ended since.
  const isOver = async (facts: StoredFacts) =>
    facts.kind === 'waitlist' && facts.state === 'joined' && !(await isWaitlistEmailStillTrue(tx, facts, now));
  await dropOutdatedMessages(tx, email, isOver, now);
  await putInOutbox(tx, { notification, toEmail: email, now });
  if (isConfirmed) await queueFreeTimesForEntry(tx, entry, practice, now);
  await recordEvent(tx, {
    at: now,
    actor: getAuditActor(viewer),
    action: 'waits',
    subject: clientId === null ? `waitlist:${entry.id}` : `client:${clientId}`,
    facts: { entry: entry.id, serviceId: request.serviceId, sessions: request.sessions },
  });
  return { ok: true, entryId: entry.id, mustConfirm: !isConfirmed };
}

/**
 * Each entry sends an e-mail to an address that may be somebody else's, so a network may add only as many in a day as
 * it may book unconfirmed.
 */
async function exceedsJoinLimit(
  tx: Db,
  sender: string,
  makingRoom: string[],
  { unconfirmedPerSender }: Practice,
  now: number,
): Promise<boolean> {
  return exceedsNetworkLimit(sender, unconfirmedPerSender - 1, (pattern) =>
    tx.$count(
      waitlistEntries,
      and(
        senderNetworkCondition(waitlistEntries.sender, pattern),
        gt(waitlistEntries.createdAt, now - DAY_MS),
        notInArray(waitlistEntries.id, makingRoom),
      ),
    ),
  );
}

/** The oldest unconfirmed entries of an address, which make room for a new one. */
async function listMakingRoom(tx: Db, email: string): Promise<string[]> {
  if (email === '') return [];
  const pending = await tx
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.pendingEmail, email), isNull(waitlistEntries.endedAt)))
    .orderBy(asc(waitlistEntries.createdAt));
  return pending.slice(0, Math.max(0, pending.length - MAX_WAITLIST_REQUESTS + 1)).map(({ id }) => id);
}

/**
 * Counts by address, because one person may be on the list under two names; without an address, by client. Unconfirmed
 * entries do not count: anybody can ask under somebody else's address.
 */
async function countRequests(tx: Db, { clientId, email }: WaitingPerson, today: string): Promise<number> {
  const isTheirs = email === '' ? eq(waitlistEntries.clientId, clientId ?? '') : eq(clients.email, email);
  const [found] = await tx
    .select({ many: count() })
    .from(waitlistEntries)
    .leftJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .where(and(waitingEntryCondition(today), isNotNull(waitlistEntries.confirmedAt), isTheirs));
  return found!.many;
}

import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { endSessions } from '@/db/access/end-sessions';
import type { Owner } from '@/db/access/viewer';
import { releaseCells, toAbsenceClaim } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { hashContent } from '@/db/input/list-editing';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import {
  calendarFeeds,
  calendarImports,
  externalBusyTimes,
  services,
  therapistPrices,
  therapistServices,
  therapists,
  users,
} from '@/db/schema';
import { activateOrCreateTherapist, parseOwnPrices, saveTherapistOffer } from './save-therapist-offer';
import {
  applyStrandedDecisions,
  type ChangeContext,
  type StrandedBookingDecisions,
  type StrandedBookings,
  type WithdrawnCombination,
} from './stranded-bookings';
import {
  listCapIssues,
  newTeamMemberSchema,
  TEAM_COLOURS,
  type TeamMember,
  type TeamMemberFormInput,
  teamMemberFormSchema,
  WORKLOAD_CAP_FIELDS,
  type WorkloadCapField,
} from './team-member-schema';

// Who works here: their role, the massages they give, at which prices, and the most minutes they can give in a day or
// week.

export type SaveMemberResult =
  | { ok: true; id: string }
  | Invalid
  | StrandedBookings
  | Refusal<'not_found' | 'changed' | 'yourself' | 'last_owner'>;

/** Everybody who works here, in their order, then those who have left. */
export async function listTeam(_viewer: Owner): Promise<TeamMember[]> {
  return readTeam(await reader());
}

async function readTeam(db: Db): Promise<TeamMember[]> {
  const people = await db.select().from(users).orderBy(asc(users.email));
  const givers = await db.select().from(therapists).orderBy(asc(therapists.position), asc(therapists.id));
  const offered = await db.select().from(therapistServices).orderBy(asc(therapistServices.serviceId));
  const prices = await db
    .select()
    .from(therapistPrices)
    .orderBy(asc(therapistPrices.serviceId), asc(therapistPrices.minutes));
  const memberOf = (user: typeof users.$inferSelect | undefined, giver: typeof therapists.$inferSelect | undefined) => {
    const therapistId = giver?.id ?? null;
    const facts = {
      id: user?.id ?? giver!.id,
      userId: user?.id ?? null,
      name: giver?.name ?? user?.name ?? user!.email,
      email: user?.email ?? '',
      role: user ? (user.role === 'client' ? null : user.role) : giver!.isActive ? ('therapist' as const) : null,
      therapistId,
      givesMassages: giver?.isActive ?? false,
      about: giver?.about ?? '',
      colour: giver?.colour ?? TEAM_COLOURS[0]!.value,
      capDayMinutes: giver?.capDayMinutes ?? null,
      capWeekMinutes: giver?.capWeekMinutes ?? null,
      capDeepDayMinutes: giver?.capDeepDayMinutes ?? null,
      capDeepWeekMinutes: giver?.capDeepWeekMinutes ?? null,
      trainedForPregnancy: giver?.trainedForPregnancy ?? false,
      serviceIds: offered.filter((row) => row.therapistId === therapistId).map(({ serviceId }) => serviceId),
      prices: prices
        .filter((row) => row.therapistId === therapistId)
        .map(({ serviceId, minutes, priceCents }) => ({ serviceId, minutes, priceCents })),
    };
    return { ...facts, mark: hashContent(facts) };
  };
  const userOf = ({ userId }: typeof therapists.$inferSelect) => people.find(({ id }) => id === userId);
  const all = [
    ...givers.map((giver) => memberOf(userOf(giver), giver)),
    ...people
      .filter(({ id, role }) => role !== 'client' && !givers.some(({ userId }) => userId === id))
      .map((user) => memberOf(user, undefined)),
  ];
  return [...all.filter(({ role }) => role !== null), ...all.filter(({ role }) => role === null)];
}

/** Adds a user for the practice's pages. They sign in by the link that the caller sends to them. */
export async function addMember(
  viewer: Owner,
  form: { name: string; email: string; role: string },
  { now }: Clock,
): Promise<{ ok: true; id: string; email: string } | Invalid> {
  const parsed = newTeamMemberSchema.safeParse(form);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { name, email, role } = parsed.data;
  return transact<{ ok: true; id: string; email: string } | Invalid>(async (tx) => {
    // Somebody who changes to this address at the same time takes turns with this.
    await lockPractice(tx);
    const [known] = await tx.select().from(users).where(eq(users.email, email));
    if (known && known.role !== 'client')
      return refuse('email', 'Somebody with this e-mail address works here already.');
    const id = known?.id ?? randomUUID();
    if (known) await tx.update(users).set({ name, role }).where(eq(users.id, id));
    else await tx.insert(users).values({ id, name, email, role });
    if (role === 'therapist') await activateOrCreateTherapist(tx, id, name, now);
    await record(tx, viewer, 'team member added', id, now, { role });
    return { ok: true, id, email };
  });
}

/** Saves a member's role and offer. Booked dates that this affects are settled in the same transaction. */
export async function saveMember(
  viewer: Owner,
  request: { id: string; mark: string; form: TeamMemberFormInput; decision: StrandedBookingDecisions },
  context: ChangeContext,
): Promise<SaveMemberResult> {
  const { now } = context;
  const { currency } = await getPractice();
  const parsed = teamMemberFormSchema.safeParse(request.form);
  const prices = parseOwnPrices(request.form.prices, currency);
  const wrong = [...(parsed.success ? [] : toIssues(parsed.error)), ...listCapIssues(request.form), ...prices.issues];
  if (!parsed.success || wrong.length > 0) return invalid(wrong);
  const { name, role, about, colour, trainedForPregnancy, serviceIds } = parsed.data;
  const caps = Object.fromEntries(WORKLOAD_CAP_FIELDS.map((field) => [field, parsed.data[field]])) as Record<
    WorkloadCapField,
    number | null
  >;
  return transact<SaveMemberResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const before = (await readTeam(tx)).find(({ id }) => id === request.id);
    if (!before) return { ok: false, reason: 'not_found' };
    if (before.mark !== request.mark) return { ok: false, reason: 'changed' };
    const isLosingOwner = before.role === 'owner' && role !== 'owner';
    if (isLosingOwner && before.userId === viewer.userId) return { ok: false, reason: 'yourself' };
    if (isLosingOwner && (await countOwners(tx)) < 2) return { ok: false, reason: 'last_owner' };
    const givesMassages = role === 'therapist' || (role === 'owner' && parsed.data.givesMassages);
    const known = await tx.select({ id: services.id, isActive: services.isActive }).from(services);
    // The form does not list retired massages: their links to therapists stay as they were.
    const chosen = ({ isActive }: { isActive: boolean }) =>
      givesMassages && isActive ? serviceIds : before.serviceIds;
    const offered = known.filter((service) => chosen(service).includes(service.id)).map(({ id }) => id);

    const { therapistId: had } = before;
    const withdrawn: WithdrawnCombination[] = [];
    if (had !== null && before.givesMassages && !givesMassages) withdrawn.push({ therapistId: had });
    if (had !== null && givesMassages)
      for (const serviceId of before.serviceIds.filter((id) => !offered.includes(id)))
        withdrawn.push({ therapistId: had, serviceId });
    if (before.userId !== null) await tx.update(users).set({ name, role }).where(eq(users.id, before.userId));
    const therapistId =
      givesMassages && had === null ? await activateOrCreateTherapist(tx, before.userId!, name, now) : had;
    if (therapistId !== null) {
      await tx
        .update(therapists)
        .set({
          name,
          isActive: givesMassages,
          ...(before.givesMassages && !givesMassages && { inactiveSince: now }),
          ...(givesMassages && { inactiveSince: null, about, colour, trainedForPregnancy, ...caps }),
        })
        .where(eq(therapists.id, therapistId));
    }
    if (therapistId !== null && givesMassages) await saveTherapistOffer(tx, therapistId, offered, prices.read);
    const stranded = await applyStrandedDecisions(tx, undo, viewer, withdrawn, request.decision, context);
    if (stranded) return undo(stranded);
    if (before.userId !== null && before.role !== role) await endSessions(tx, before.userId);
    await record(tx, viewer, 'team member changed', before.id, now, { role, was: before.role });
    return { ok: true, id: before.id };
  });
}

/**
 * Removes a member: they can no longer sign in to the practice's pages, and nobody can book them. Their booked dates
 * are settled in the same transaction.
 */
export async function removeMember(
  viewer: Owner,
  id: string,
  decision: StrandedBookingDecisions,
  context: ChangeContext,
): Promise<{ ok: true } | StrandedBookings | Refusal<'not_found' | 'yourself' | 'last_owner'>> {
  const { now } = context;
  return transact<{ ok: true } | StrandedBookings | Refusal<'not_found' | 'yourself' | 'last_owner'>>(
    async (tx, undo) => {
      await lockOfferForChange(tx);
      const found = (await readTeam(tx)).find((member) => member.id === id && member.role !== null);
      if (!found) return { ok: false, reason: 'not_found' };
      if (found.userId === viewer.userId) return { ok: false, reason: 'yourself' };
      if (found.role === 'owner' && (await countOwners(tx)) < 2) return { ok: false, reason: 'last_owner' };
      const { therapistId, userId } = found;
      if (therapistId !== null) {
        await tx
          .update(therapists)
          .set({ isActive: false, ...(found.givesMassages && { inactiveSince: now }) })
          .where(eq(therapists.id, therapistId));
        const stranded = await applyStrandedDecisions(tx, undo, viewer, [{ therapistId }], decision, context);
        if (stranded) return undo(stranded);
        await forgetCalendars(tx, therapistId, now);
      }
      if (userId !== null) {
        await tx.update(users).set({ role: 'client' }).where(eq(users.id, userId));
        await endSessions(tx, userId);
      }
      await record(tx, viewer, 'team member left', id, now, { cancelled: decision.cancelling.length });
      return { ok: true };
    },
  );
}

/** Their calendar address stops working, and their own calendar is no longer read. */
async function forgetCalendars(tx: Db, therapistId: string, now: number): Promise<void> {
  // Locks the row: a concurrent import has stored what it read by now, or will find no row to store it for.
  await tx.update(calendarImports).set({ nextAt: now }).where(eq(calendarImports.therapistId, therapistId));
  const pieces = await tx.delete(externalBusyTimes).where(eq(externalBusyTimes.therapistId, therapistId)).returning();
  await releaseCells(
    tx,
    pieces.map((piece) => toAbsenceClaim('external', piece)),
    now,
  );
  await tx.delete(calendarImports).where(eq(calendarImports.therapistId, therapistId));
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.therapistId, therapistId));
}

/** Brings back a therapist who left, with the massages that they gave before. */
export async function bringBackMember(viewer: Owner, id: string, { now }: Clock): Promise<boolean> {
  return transact(async (tx) => {
    const found = (await readTeam(tx)).find((member) => member.id === id && member.role === null);
    if (!found?.therapistId) return false;
    await tx
      .update(therapists)
      .set({ isActive: true, inactiveSince: null })
      .where(eq(therapists.id, found.therapistId));
    if (found.userId !== null) await tx.update(users).set({ role: 'therapist' }).where(eq(users.id, found.userId));
    await record(tx, viewer, 'team member brought back', id, now, {});
    return true;
  });
}

async function countOwners(tx: Db): Promise<number> {
  return (
    await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.role, 'owner')))
  ).length;
}

function refuse(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}

async function record(
  tx: Db,
  viewer: Owner,
  action: AuditAction,
  id: string,
  now: number,
  facts: object,
): Promise<void> {
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: `user:${id}`, facts: { ...facts } });
}

import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import {
  appointmentScopeSchema,
  identifierSchema,
  instantMsSchema,
  massageMinutesSchema,
  toIssues,
} from '@/db/input/field-schemas';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { series } from '@/db/schema';
import type { ListAllowedTherapists } from './allowed-therapists';
import { applyMoveRepairs, MAX_MOVE_REPAIRS, type MoveRepair, moveRepairSchema } from './apply-move-repairs';
import { gatherMoveRules, relaxRulesForStaff } from './booking-rules';
import {
  checkMovesAgainstRules,
  chooseNewTimes,
  type MovedRow,
  type NewTimesClash,
  type NewTimeToClaim,
} from './claim-new-times';
import { type DateMove, type MovePlan, type MoveTarget, planMove } from './plan-move';
import { exceedsTherapistUnconfirmedCap, findSenderSubjectToCaps, lockForCapCount } from './unconfirmed-caps';

// Which dates a move changes, and to what, or why it is not made. Nothing is written yet: a preview ends here, too.

export interface MoveRequest extends MoveTarget {
  uid: string;
  /** The version that was seen; when it has changed since, nothing is moved. */
  version?: number | undefined;
  /** As `version`, but of the series: for a scope of more than one date. */
  seriesVersion?: number | undefined;
  /** The repairs of dates that would clash. With repairs, the named date may clash too. */
  repairs?: MoveRepair[] | undefined;
}

const moveRequestSchema = z.object({
  startsAt: instantMsSchema,
  therapistId: identifierSchema.optional(),
  minutes: massageMinutesSchema.optional(),
  scope: appointmentScopeSchema,
  repairs: z.array(moveRepairSchema).max(MAX_MOVE_REPAIRS).optional(),
});

/** The rules by which a move is decided. */
export interface MoveManner {
  /** Staff were warned that the time is outside working hours, and move the date anyway. */
  isAnyHour?: boolean;
  /** Staff are held to the therapists' caps too. */
  respectsCaps?: boolean;
  /** Lists the only therapists to whom dates may go; null: any. */
  listAllowed?: ListAllowedTherapists;
}

/** Why a move is not possible, even if all times were free. */
export type MoveRefusal =
  | Invalid
  /** `held_back`: a date would go to a therapist whom its client may not choose. */
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed' | 'held_back'>;
/** The dates that cannot move, and every date that was to be moved. */
export type MoveConflict = NewTimesClash & { moves: DateMove[] };

/** The changes that a move makes (none where `changes` is empty), or why it is not made. */
type MoveDecision =
  | {
      ok: true;
      named: AppointmentRow;
      practice: Practice;
      plan: MovePlan & { skipped: AppointmentRow[] };
      changes: MovedRow[];
    }
  | MoveRefusal
  | MoveConflict;

/**
 * Checks the fields of a request to move, and gives it the version as of now: of two changes requested at once, the
 * second then finds another version.
 */
export async function checkMoveRequest(
  viewer: Viewer,
  request: MoveRequest,
): Promise<{ ok: true; request: MoveRequest } | Invalid | Refusal<'not_found'>> {
  const parsed = moveRequestSchema.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  if (request.minutes !== undefined && !isStaff(viewer)) return { ok: false, reason: 'not_found' };
  const seen = await findEditableAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  return { ok: true, request: { ...request, version: request.version ?? seen.version } };
}

/**
 * Decides a move by the rules and by what is free. Writes nothing; unless it is a trial, other transactions wait until
 * it is done.
 */
export async function decideMove(
  db: Db,
  viewer: Viewer,
  request: MoveRequest,
  now: number,
  { isAnyHour, respectsCaps, listAllowed, isTrial }: MoveManner & { isTrial: boolean },
): Promise<MoveDecision> {
  const { uid, startsAt, version, seriesVersion, scope } = request;
  await lockOfferForBooking(db);
  const named = await findEditableAppointment(db, viewer, uid);
  if (!named) return { ok: false, reason: 'not_found' };
  if (named.version !== version || named.status !== 'booked') return { ok: false, reason: 'conflict' };
  const { seriesId } = named;
  const [seriesVersionRow] = await db.select({ version: series.version }).from(series).where(eq(series.id, seriesId));
  if (seriesVersion !== undefined && seriesVersion !== seriesVersionRow!.version)
    return { ok: false, reason: 'conflict' };
  const practice = await getPractice(db);
  const planned = await planMove(db, viewer, named, request, { practice, now });
  if (!planned.ok) return planned;
  const unchanged: MoveDecision = { ok: true, named, practice, plan: { ...planned, skipped: [] }, changes: [] };
  if (planned.moves.length === 0) return unchanged;
  const plan = await applyMoveRepairs(db, viewer, planned, request.repairs ?? [], { practice, now });
  if (!plan.ok) return plan;
  const allowed = (await listAllowed?.(db)) ?? null;
  const mayGoTo = ({ therapistId: id }: DateMove) => allowed === null || id === 'any' || allowed.includes(id);
  if (!plan.moves.every(mayGoTo)) return { ok: false, reason: 'held_back' };

  const isForStaff = isStaff(viewer);
  const gathered = await gatherMoveRules(db, plan.moves, now);
  const rules = isForStaff ? relaxRulesForStaff(gathered, isAnyHour) : gathered;
  const matched = checkMovesAgainstRules(plan.moves, rules, request.repairs ? [] : [uid]);
  if (!matched.ok) return matched;
  if (allowed && !keepAllowed(matched.newTimes, allowed)) return { ok: false, reason: 'held_back' };
  const [alone] = matched.newTimes;
  const isLengthUnchanged = plan.moves.every(({ row, minutes }) => minutes === row.minutes);
  const isWhereItIs = startsAt === named.startAt && alone?.therapistIds[0] === named.therapistId;
  if (scope === 'this' && isWhereItIs && isLengthUnchanged) return unchanged;

  const capped = await findSenderSubjectToCaps(db, viewer, seriesId);
  if (capped && !isTrial) await lockForCapCount(db);
  const cancelled = plan.skipped.map(({ id }) => id);
  const choosing = { practice, rules, isForStaff, respectsCaps, isTrial, cancelled };
  const chosen = await chooseNewTimes(db, plan.moves, matched, choosing);
  if (!chosen.ok) return 'clashes' in chosen ? { ...chosen, moves: plan.moves } : chosen;
  const { changes } = chosen;
  const cap = { practice, sessions: changes, now, planned: { email: capped?.email ?? '', changes, cancelled } };
  if (capped && (await exceedsTherapistUnconfirmedCap(db, cap))) return { ok: false, reason: 'unconfirmed' };
  return { ok: true, named, practice, plan, changes };
}

/** Keeps only the allowed therapists of each date. False where a date has none left. */
function keepAllowed(newTimes: NewTimeToClaim[], allowed: string[]): boolean {
  for (const date of newTimes) date.therapistIds = date.therapistIds.filter((id) => allowed.includes(id));
  return newTimes.every(({ therapistIds }) => therapistIds.length > 0);
}

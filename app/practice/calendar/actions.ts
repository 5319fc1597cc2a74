'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { getAppointmentFacts } from '@/db/appointments/appointment-facts';
import {
  completeAppointment,
  markArrived,
  markBegun,
  markLateCancel,
  markNoShow,
  undoOutcome,
} from '@/db/booking/appointment-outcomes';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { swapAppointments } from '@/db/booking/swap-appointments';
import { findDeskChangeAction, undoDeskChange } from '@/db/booking/undo-desk-change';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import type { AppointmentScope } from '@/db/input/field-schemas';
import { markAnswered } from '@/db/messages/messages-from-clients';
import { replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { getPractice } from '@/db/practice/practice';
import type { Issue } from '@/db/results';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Each action is a public endpoint: it checks here who is asking, and the `where` of its query checks whose appointment
// it is. A form carries the version that its page was drawn from, so a change made since is never overwritten.

export async function recordArrival(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const result = await markArrived(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return result.ok ? 'arrived' : result.reason;
  });
}

export async function recordSessionStart(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const result = await markBegun(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return result.ok ? 'begun' : result.reason;
  });
}

export async function recordLateCancel(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const result = await markLateCancel(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return result.ok ? { flash: 'late_cancel', undo: result.undo ?? null } : result.reason;
  });
}

export async function recordCompletion(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const result = await completeAppointment(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return result.ok ? 'completed' : result.reason;
  });
}

export async function recordNoShow(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const result = await markNoShow(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return result.ok ? 'no_show' : result.reason;
  });
}

export async function undoStatus(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const clock = { now: Date.now(), version: seen.version };
    const result = await undoOutcome(viewer, seen.uid, clock);
    if (result.ok) return 'undone';
    if (result.reason === 'withdrawn') return 'withdrawn_since';
    return result.reason === 'taken' ? 'taken_since' : result.reason;
  });
}

export async function cancelAppointmentsOfForm(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const scope = scopeIn(form);
    const seriesVersion = scope === 'this' ? undefined : versionIn(form, 'seriesVersion');
    const result = { reason: text(form, 'reason'), isForClient: text(form, 'asked') === 'client' };
    const clock = { now: Date.now(), isUndoable: true };
    const outcome = await cancelAppointments(viewer, { ...seen, scope, seriesVersion, ...result }, clock);
    if (!outcome.ok && outcome.reason === 'invalid') return describeInvalid(outcome.issues);
    if (!outcome.ok) return outcome.reason;
    const dates = outcome.cancelled.length > 1 ? String(outcome.cancelled.length) : null;
    return { flash: 'cancelled', dates, undo: outcome.undo ?? null };
  });
}

export async function moveAppointmentsOfForm(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const { timeZone } = await getPractice();
    const startsAt = startIn(form, timeZone);
    const therapistId = text(form, 'with');
    const scope = scopeIn(form);
    const seriesVersion = scope === 'this' ? undefined : versionIn(form, 'seriesVersion');
    const request = { ...seen, startsAt, therapistId, minutes: wholeNumber(form, 'minutes'), scope, seriesVersion };
    const now = Date.now();
    const isAcknowledged = text(form, 'meant') === 'yes';
    const result = await moveAsStaff(
      viewer,
      { ...request, isAcknowledged },
      { now, listSuited: makeListSuitedTherapists(now) },
    );
    if (!result.ok && result.reason === 'unusual') {
      return { flash: 'unusual', warn: result.warnings.join(' '), at: toWallTime(timeZone, startsAt).time, scope };
    }
    if (!result.ok && result.reason === 'taken' && scope !== 'this') {
      const others = result.clashes.filter((clash) => clash.startsAt !== startsAt);
      if (others.length === result.clashes.length) {
        const at = text(form, 'at') || toWallTime(timeZone, startsAt).time;
        const clash = others.slice(0, MOST_CLASHES).map((found) => `${found.startsAt}.${found.therapistId}`);
        return { flash: 'others_taken', clash: clash.join(' '), at, scope: 'this' };
      }
    }
    if (!result.ok) return result.reason === 'invalid' ? describeInvalid(result.issues) : result.reason;
    const isStillTheirs = managesAllCalendars(viewer) || viewer.therapistId === therapistId;
    const open = isStillTheirs ? seen.uid : null;
    return { flash: 'moved', on: toWallTime(timeZone, startsAt).on, open, undo: result.undo ?? null };
  });
}

/** The other appointment comes as its id and the version that was seen: `id.3`. */
export async function swapAppointmentsOfForm(form: FormData) {
  await answer(form, async (viewer, { uid, version = 0 }) => {
    const [, other = '', otherVersion] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(text(form, 'other')) ?? [];
    const both: Parameters<typeof swapAppointments>[1] = [
      { uid, version },
      { uid: other, version: Number(otherVersion) },
    ];
    const now = Date.now();
    const isAcknowledged = text(form, 'meant') === text(form, 'other');
    const clock = { now, isAcknowledged: true, ...(!isAcknowledged && { listSuited: makeListSuitedTherapists(now) }) };
    const result = await swapAppointments(viewer, both, clock);
    if (!result.ok && result.reason === 'unusual')
      return { flash: 'swap_unusual', ask: 'swap', swap: text(form, 'other'), first: result.askFirst.join(' ') };
    if (!result.ok) return result.reason === 'taken' || result.reason === 'invalid' ? 'no_swap' : result.reason;
    return { flash: 'swapped', undo: result.undo };
  });
}

const REFUSED_CANCEL_UNDO: Partial<Record<string, string>> = {
  taken: 'taken_since',
  withdrawn: 'withdrawn_since',
  too_late: 'cancel_too_late',
};

/** Undoes the last change, which is possible as long as its e-mails wait. */
export async function undoLastChange(form: FormData) {
  await answer(form, async (viewer) => {
    const id = text(form, 'undo');
    const result = await undoDeskChange(viewer, id, { now: Date.now() });
    if (result.ok) return 'taken_back';
    const isCancel = (await findDeskChangeAction(viewer, id)) === 'cancelled';
    return (
      (isCancel && REFUSED_CANCEL_UNDO[result.reason]) || (result.reason === 'taken' ? 'given_away' : result.reason)
    );
  });
}

export async function sendNewManageLink(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const found = await getAppointmentFacts(viewer, seen.uid);
    return found && (await replaceAndSendLink(viewer, found.seriesUid, Date.now())) ? 'link_renewed' : 'not_found';
  });
}

export async function markMessageAnswered(form: FormData) {
  await answer(form, async (viewer) =>
    (await markAnswered(viewer, text(form, 'message'), { now: Date.now() })) ? 'message_answered' : 'not_found',
  );
}

/**
 * The flash code, or an object with it and other parameters for the address of the calendar; null removes a parameter.
 */
type Answer = string | { flash: string; [name: string]: string | null | undefined };
type Change = (viewer: Staff, seen: { uid: string; version: number | undefined }) => Promise<Answer>;

async function answer(form: FormData, change: Change): Promise<never> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const seen = { uid: text(form, 'uid'), version: versionIn(form, 'version') };
  const back = new URLSearchParams(text(form, 'back'));
  const result = await catchDatabaseBusy(() => change(viewer, seen));
  for (const name of ['undo', 'dates', 'clash']) back.delete(name);
  const { flash, ...place } = typeof result === 'string' ? { flash: result } : result;
  back.set('flash', flash);
  for (const [name, value] of Object.entries(place)) {
    if (value == null) back.delete(name);
    else back.set(name, value);
  }
  // Only these can be put right by choosing another time. After any other answer the panel shows how the appointment
  // stands.
  if (ASKED_AGAIN.includes(flash)) back.set('ask', 'move');
  else for (const name of ['to', 'who', 'for']) back.delete(name);
  redirect(`/practice/calendar?${back}`);
}

/** After these answers the form that moves an appointment is shown again. */
const ASKED_AGAIN = ['taken', 'others_taken', 'invalid', 'length_stays', 'unusual'];
/** The most clashing dates that are named in an address. */
const MOST_CLASHES = 12;

function scopeIn(form: FormData): AppointmentScope {
  const request = text(form, 'scope');
  return request === 'following' || request === 'all' ? request : 'this';
}

/** The instant of a typed time on the day that is shown, or else of the chosen free time. */
function startIn(form: FormData, timeZone: string): number {
  const [on, time] = [text(form, 'on'), text(form, 'at')];
  if (isDayWithinSupportedYears(on) && isTimeOfDay(time)) return toInstant(timeZone, on, time);
  return wholeNumber(form, 'to') ?? Number.NaN;
}

function describeInvalid(issues: Issue[]): string {
  return issues[0]?.path[0] === 'minutes' ? 'length_stays' : 'invalid';
}

const text = (form: FormData, name: string) => readText(form, name, 500);

function wholeNumber(form: FormData, name: string): number | undefined {
  const value = text(form, name);
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** Undefined where the form has no such field. Text that is no number matches no version. */
function versionIn(form: FormData, name: string): number | undefined {
  return form.has(name) ? (wholeNumber(form, name) ?? 0) : undefined;
}

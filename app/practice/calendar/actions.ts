'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { managesEveryone, type Staff } from '@/db/access/viewer';
import { getAppointment } from '@/db/appointments/calendar';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import {
  completeAppointment,
  markArrived,
  markBegun,
  markLateCancel,
  markNoShow,
  undoOutcome,
} from '@/db/booking/outcomes';
import { renewClientLink } from '@/db/messages/renew-link';
import { getPractice } from '@/db/practice/practice';
import { toWall } from '@/scheduling/zone';

// Each is a public endpoint: who is asking is proven here, and whose appointment it is, in the database's `where`.
// A form carries the version its page was drawn from: what has changed since is never written over.

export async function arrive(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await markArrived(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return done.ok ? 'arrived' : done.reason;
  });
}

export async function begin(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await markBegun(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return done.ok ? 'begun' : done.reason;
  });
}

export async function lateCancel(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await markLateCancel(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return done.ok ? 'late_cancel' : done.reason;
  });
}

export async function complete(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await completeAppointment(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return done.ok ? 'completed' : done.reason;
  });
}

export async function noShow(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await markNoShow(viewer, seen.uid, { now: Date.now(), version: seen.version });
    return done.ok ? 'no_show' : done.reason;
  });
}

export async function undoStatus(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const done = await undoOutcome(viewer, seen.uid, { now: Date.now(), version: seen.version });
    if (done.ok) return 'undone';
    return done.reason === 'taken' ? 'taken_since' : done.reason;
  });
}

export async function cancel(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const asked = text(form, 'scope');
    const scope = asked === 'following' || asked === 'all' ? asked : 'this';
    const seriesVersion = scope === 'this' ? undefined : versionIn(form, 'seriesVersion');
    const done = await cancelAppointments(viewer, { ...seen, scope, seriesVersion }, { now: Date.now() });
    return done.ok ? 'cancelled' : done.reason;
  });
}

export async function move(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const startsAt = wholeNumber(form, 'to') ?? Number.NaN;
    const therapistId = text(form, 'with');
    const done = await moveAppointments(viewer, { ...seen, startsAt, therapistId, scope: 'this' }, { now: Date.now() });
    if (!done.ok) return done.reason;
    const { timeZone } = await getPractice();
    const isStillTheirs = managesEveryone(viewer) || viewer.therapistId === therapistId;
    return { flash: 'moved', on: toWall(timeZone, startsAt).on, open: isStillTheirs ? seen.uid : null };
  });
}

export async function renewLink(form: FormData) {
  await answer(form, async (viewer, seen) => {
    const found = await getAppointment(viewer, seen.uid);
    return found && (await renewClientLink(viewer, found.seriesUid, Date.now())) ? 'link_renewed' : 'not_found';
  });
}

/** What to say, and where on the calendar it is said when not where it was asked. */
type Answer = string | { flash: string; on: string; open: string | null };
type Change = (viewer: Staff, seen: { uid: string; version: number | undefined }) => Promise<Answer>;

async function answer(form: FormData, change: Change): Promise<never> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const seen = { uid: text(form, 'uid'), version: versionIn(form, 'version') };
  const back = new URLSearchParams(text(form, 'back'));
  const told = await orDatabaseBusy(() => change(viewer, seen));
  const { flash, ...place } = typeof told === 'string' ? { flash: told } : told;
  back.set('flash', flash);
  for (const [name, value] of Object.entries(place)) {
    if (value === null) back.delete(name);
    else back.set(name, value);
  }
  // Only these are mended by choosing another time; after all else the panel shows how it stands.
  if (flash === 'taken' || flash === 'invalid') back.set('ask', 'move');
  else for (const name of ['to', 'who']) back.delete(name);
  redirect(`/practice/calendar?${back}`);
}

const text = (form: FormData, name: string) => readText(form, name, 500);

function wholeNumber(form: FormData, name: string): number | undefined {
  const value = text(form, name);
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** Undefined where the form says none; one that is no number is no version of anything. */
function versionIn(form: FormData, name: string): number | undefined {
  return form.has(name) ? (wholeNumber(form, name) ?? 0) : undefined;
}

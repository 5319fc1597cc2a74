'use server';

import { refresh } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { formatClashingDates } from '@/app/practice/calendar/clashing-dates';
import { describeMoveWarning } from '@/app/practice/calendar/move-warnings';
import { requireRole } from '@/auth';
import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { type MoveWarning, moveAsStaff } from '@/db/booking/move-as-staff';
import { swapAppointments } from '@/db/booking/swap-appointments';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { getPractice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

// Moves and swaps made by dragging or by keys. Each action is a public endpoint: it checks here who is asking, and the
// `where` of its query checks whose appointment it is. A success leads to the calendar with an undo; a refusal says
// why.

export type DragActionResult =
  | { kind: 'unusual'; warnings: MoveWarning[] }
  /**
   * `isTaken`: somebody is booked there, with whom it could be swapped. `asksSwap`: sending the swap once more carries
   * it out. `isAloneFree`: this date could go there, but other dates of its series clash.
   */
  | { kind: 'refused'; title: string; words: string; isTaken?: boolean; asksSwap?: boolean; isAloneFree?: boolean };

export async function moveByDrag(form: FormData): Promise<DragActionResult> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const scope = readText(form, 'scope');
  const isWide = scope === 'following' || scope === 'all';
  const startsAt = numberIn(form, 'to');
  const now = Date.now();
  const { timeZone } = await getPractice();
  const result = await catchDatabaseBusy(() =>
    moveAsStaff(
      viewer,
      {
        uid: readText(form, 'uid'),
        version: numberIn(form, 'version'),
        seriesVersion: isWide ? numberIn(form, 'seriesVersion') : undefined,
        startsAt,
        therapistId: readText(form, 'with'),
        minutes: numberIn(form, 'minutes'),
        scope: isWide ? scope : 'this',
        isAcknowledged: readText(form, 'meant') === 'yes',
      },
      { now, listSuited: makeListSuitedTherapists(now) },
    ),
  );
  if (result === 'busy') return refused('busy');
  if (result.ok) return leadBack(form, result.undo, toWallTime(timeZone, startsAt).on);
  if (result.reason === 'unusual') return { kind: 'unusual', warnings: result.warnings };
  if (result.reason === 'invalid') {
    const { title } = REFUSED.invalid;
    return { kind: 'refused', title, words: `${result.issues[0]?.message ?? ''} ${NOTHING}`.trim() };
  }
  if (result.reason !== 'taken') return refused(result.reason);
  if (isWide && result.clashes.every((clash) => clash.startsAt !== startsAt)) return refuseOthers(result.clashes);
  return { ...refused('taken'), isTaken: true };
}

/** The date could go there alone, but the dates that were to move with it clash. */
async function refuseOthers(clashes: ClashWithAlternatives[]): Promise<DragActionResult> {
  const dates = await formatClashingDates(clashes);
  const isOne = clashes.length === 1;
  return {
    ...refused('taken'),
    title: isOne ? 'Another date of it is not free' : `${clashes.length} other dates of it are not free`,
    words: `${dates}. ${NOTHING}`,
    isAloneFree: true,
  };
}

export async function swapByDrag(form: FormData): Promise<DragActionResult> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const now = Date.now();
  const isAcknowledged = readText(form, 'meant') === 'yes';
  const result = await catchDatabaseBusy(() =>
    swapAppointments(
      viewer,
      [
        { uid: readText(form, 'uid'), version: numberIn(form, 'version') },
        { uid: readText(form, 'other'), version: numberIn(form, 'otherVersion') },
      ],
      { now, isAcknowledged: true, ...(!isAcknowledged && { listSuited: makeListSuitedTherapists(now) }) },
    ),
  );
  if (result === 'busy') return refused('busy');
  if (result.ok) return leadBack(form, result.undo, null);
  if (result.reason === 'unusual') return askAboutSwap(result.askFirst);
  return refused(result.reason === 'taken' || result.reason === 'invalid' ? 'no_swap' : result.reason);
}

const NOTHING = 'Nothing was changed.';
const REFUSED = {
  busy: { title: 'The practice’s computer is busy just now', words: `${NOTHING} Wait a moment and try again.` },
  conflict: {
    title: 'It had changed in the meantime',
    words: `${NOTHING} What you see now is how it stands. Look, and do it again if it is still right.`,
  },
  not_found: { title: 'That appointment is not yours to change', words: `${NOTHING} It may be with a colleague now.` },
  taken: { title: 'That time is taken', words: `${NOTHING} Choose another place for it.` },
  invalid: { title: 'It cannot be moved there', words: '' },
  no_swap: {
    title: 'These two cannot be swapped',
    words: `${NOTHING} One is too long for the time of the other, or its therapist does not give that massage.`,
  },
};

async function askAboutSwap(askFirst: string[]): Promise<DragActionResult> {
  const requested = (await listTherapists()).filter(({ id }) => askFirst.includes(id));
  const words = requested.map(({ name }) => describeMoveWarning('ask_first', extractFirstName(name))).join(' ');
  return { kind: 'refused', title: 'Ask first', words: `${words} ${NOTHING}`, isTaken: true, asksSwap: true };
}

function refused(reason: keyof typeof REFUSED): DragActionResult & { kind: 'refused' } {
  // Somebody else may have changed what is shown, so the calendar is loaded again.
  refresh();
  return { kind: 'refused', ...REFUSED[reason] };
}

function leadBack(form: FormData, undo: string | undefined, on: string | null): never {
  const back = new URLSearchParams(readText(form, 'back', 500));
  for (const name of ['flash', 'undo', 'ask', 'to', 'who', 'for', 'at', 'warn', 'scope']) back.delete(name);
  if (undo) back.set('undo', undo);
  if (on) back.set('on', on);
  redirect(`/practice/calendar?${back}`, RedirectType.replace);
}

function numberIn(form: FormData, name: string): number {
  const value = readText(form, name);
  return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}

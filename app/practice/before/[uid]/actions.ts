'use server';

import { redirect } from 'next/navigation';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { readAllowed, readSeen, readTyped, type ScreenState } from '@/components/health-form/typed';
import { isChanged, saveAreas, saveSessionCheck } from '@/db/care/session-check';

// As a client's own link does, for one who is at the desk.

export async function sayNothingNewAtDesk(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { uid, seen, here } = readSession(form);
  const done = await orDatabaseBusy(() => saveSessionCheck(viewer, { uid, seen, isNew: false }, { now: Date.now() }));
  if (done === 'busy') redirect(`${here}?flash=busy`);
  if (isChanged(done)) redirect(`${here}?flash=changed`);
  redirect(done.ok && done.asksAreas ? `${here}?step=areas` : here);
}

export async function saySignsAtDesk(before: ScreenState, form: FormData): Promise<ScreenState> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const answer = readState(answeredState, before).answer + 1;
  const { uid, seen, here } = readSession(form);
  const typed = readTyped(form);
  const { yes, unsure, none, about } = typed;
  const said = { uid, seen, isNew: true, yes, unsure, none, about } as const;
  const done = await orDatabaseBusy(() => saveSessionCheck(viewer, said, { now: Date.now() }));
  if (done === 'busy') return { typed, errors: {}, problem: 'busy', answer };
  if (isChanged(done)) return { typed, errors: {}, problem: 'changed', answer, seen: done.at };
  if (!done.ok && done.reason === 'invalid') {
    const errors = Object.fromEntries(done.issues.map(({ path, message }) => [String(path[0]), message]));
    return { typed, errors, problem: null, answer };
  }
  redirect(here);
}

export async function sayAreasAtDesk(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { uid, here } = readSession(form);
  const done = await orDatabaseBusy(() => saveAreas(viewer, { uid, allowed: readAllowed(form) }, { now: Date.now() }));
  redirect(done === 'busy' ? `${here}?step=areas&flash=busy` : here);
}

function readSession(form: FormData) {
  const uid = readText(form, 'uid', 64);
  return { uid, seen: readSeen(form), here: `/practice/before/${encodeURIComponent(uid)}` };
}

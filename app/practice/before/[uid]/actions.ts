'use server';

import { redirect } from 'next/navigation';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { readAllowed, readTyped, type ScreenState } from '@/components/health-form/typed';
import { sayAreas, sayBefore } from '@/db/care/before-line';

// As a client's own link does, for one who is at the desk.

export async function sayNothingNewAtDesk(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { uid, here } = readSession(form);
  const done = await orDatabaseBusy(() => sayBefore(viewer, { uid, isNew: false }, { now: Date.now() }));
  if (done === 'busy') redirect(`${here}?flash=busy`);
  redirect(done.ok && done.asksAreas ? `${here}?step=areas` : here);
}

export async function saySignsAtDesk(before: ScreenState, form: FormData): Promise<ScreenState> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const answer = readState(answeredState, before).answer + 1;
  const { uid, here } = readSession(form);
  const typed = readTyped(form);
  const { yes, unsure, none, about } = typed;
  const said = { uid, isNew: true, yes, unsure, none, about } as const;
  const done = await orDatabaseBusy(() => sayBefore(viewer, said, { now: Date.now() }));
  if (done === 'busy') return { typed, errors: {}, problem: 'busy', answer };
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
  const done = await orDatabaseBusy(() => sayAreas(viewer, { uid, allowed: readAllowed(form) }, { now: Date.now() }));
  redirect(done === 'busy' ? `${here}?step=areas&flash=busy` : here);
}

function readSession(form: FormData) {
  const uid = readText(form, 'uid', 64);
  return { uid, here: `/practice/before/${encodeURIComponent(uid)}` };
}

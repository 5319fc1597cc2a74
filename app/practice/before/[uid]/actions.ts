'use server';

import { redirect } from 'next/navigation';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import { requireRole } from '@/auth';
import {
  readAllowedAreas,
  readScreenFormValues,
  readSeenAt,
  readSigner,
  type ScreenFormState,
} from '@/components/health-form/screen-form-data';
import {
  isRefusedAsChanged,
  isRefusedForSigner,
  saveAllowedAreas,
  saveSessionCheck,
} from '@/db/care/pre-session-check';

// As a client's own link does, for one who is at the desk.

export async function saveNothingNewForClient(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { uid, seen, signer, here } = readSession(form);
  const done = await catchDatabaseBusy(() =>
    saveSessionCheck(viewer, { uid, seen, signer, isNew: false }, { now: Date.now() }),
  );
  if (done === 'busy') redirect(`${here}?flash=busy`);
  if (isRefusedAsChanged(done)) redirect(`${here}?flash=changed`);
  if (isRefusedForSigner(done)) redirect(`${here}?flash=guardian`);
  redirect(done.ok && done.asksAreas ? `${here}?step=areas` : here);
}

export async function saveNewSignsForClient(before: ScreenFormState, form: FormData): Promise<ScreenFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const { uid, seen, signer, here } = readSession(form);
  const values = readScreenFormValues(form);
  const { yes, unsure, none, about } = values;
  const said = { uid, seen, signer, isNew: true, yes, unsure, none, about } as const;
  const done = await catchDatabaseBusy(() => saveSessionCheck(viewer, said, { now: Date.now() }));
  if (done === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (isRefusedAsChanged(done)) return { values, errors: {}, problem: 'changed', answer, seen: done.at };
  if (!done.ok && done.reason === 'invalid') {
    const errors = Object.fromEntries(done.issues.map(({ path, message }) => [String(path[0]), message]));
    return { values, errors, problem: null, answer };
  }
  if (isRefusedForSigner(done)) redirect(`${here}?flash=guardian`);
  redirect(done.ok && done.asksAreas ? `${here}?step=areas` : here);
}

export async function saveAllowedAreasForClient(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { uid, signer, here } = readSession(form);
  const done = await catchDatabaseBusy(() =>
    saveAllowedAreas(viewer, { uid, allowed: readAllowedAreas(form), signer }, { now: Date.now() }),
  );
  if (isRefusedForSigner(done)) redirect(`${here}?step=areas&flash=guardian`);
  redirect(done === 'busy' ? `${here}?step=areas&flash=busy` : here);
}

function readSession(form: FormData) {
  const uid = readText(form, 'uid', 64);
  return { uid, seen: readSeenAt(form), signer: readSigner(form), here: `/practice/before/${encodeURIComponent(uid)}` };
}

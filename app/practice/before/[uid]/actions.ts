'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import {
  readAllowedAreas,
  readScreenFormValues,
  readShownAnswersTime,
  readSigner,
  type ScreenFormState,
} from '@/components/health-form/screen-form-data';
import {
  isRefusedAsChanged,
  isWrongSignerRefusal,
  saveAllowedAreas,
  saveSessionCheck,
} from '@/db/care/pre-session-check';

// The same as a client's own link does, for a client who is at the desk.

export async function saveNothingNewForClient(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { uid, seen, signer, pagePath } = readSession(form);
  const result = await catchDatabaseBusy(() =>
    saveSessionCheck(viewer, { uid, seen, signer, isNew: false }, { now: Date.now() }),
  );
  if (result === 'busy') redirect(`${pagePath}?flash=busy`);
  if (isRefusedAsChanged(result)) redirect(`${pagePath}?flash=changed`);
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?flash=guardian`);
  redirect(result.ok && result.asksAreas ? `${pagePath}?step=areas` : pagePath);
}

export async function saveNewSignsForClient(before: ScreenFormState, form: FormData): Promise<ScreenFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const { uid, seen, signer, pagePath } = readSession(form);
  const values = readScreenFormValues(form);
  const { yes, unsure, none, about } = values;
  const request = { uid, seen, signer, isNew: true, yes, unsure, none, about } as const;
  const result = await catchDatabaseBusy(() => saveSessionCheck(viewer, request, { now: Date.now() }));
  if (result === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (isRefusedAsChanged(result)) return { values, errors: {}, problem: 'changed', answer, seen: result.at };
  if (!result.ok && result.reason === 'invalid') {
    const errors = toFieldErrors(result.issues);
    return { values, errors, problem: null, answer };
  }
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?flash=guardian`);
  redirect(result.ok && result.asksAreas ? `${pagePath}?step=areas` : pagePath);
}

export async function saveAllowedAreasForClient(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { uid, signer, pagePath } = readSession(form);
  const result = await catchDatabaseBusy(() =>
    saveAllowedAreas(viewer, { uid, allowed: readAllowedAreas(form), signer }, { now: Date.now() }),
  );
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?step=areas&flash=guardian`);
  redirect(result === 'busy' ? `${pagePath}?step=areas&flash=busy` : pagePath);
}

function readSession(form: FormData) {
  const uid = readText(form, 'uid', 64);
  return {
    uid,
    seen: readShownAnswersTime(form),
    signer: readSigner(form),
    pagePath: `/practice/before/${encodeURIComponent(uid)}`,
  };
}

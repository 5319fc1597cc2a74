'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import {
  readAllowedAreas,
  readScreenFormValues,
  readShownAnswersTime,
  readSigner,
  type ScreenFormState,
} from '@/components/health-form/screen-form-data';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import {
  isRefusedAsChanged,
  isWrongSignerRefusal,
  saveAllowedAreas,
  saveSessionCheck,
} from '@/db/care/pre-session-check';

export async function saveNothingNewByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const { token, uid, seen, signer, pagePath } = readWho(form);
  const result = await byLink(token, (viewer) =>
    saveSessionCheck(viewer, { uid, seen, signer, isNew: false }, { now: Date.now() }),
  );
  if (result === 'busy') redirect(`${pagePath}?flash=busy`);
  if (isRefusedAsChanged(result)) redirect(`${pagePath}?flash=changed`);
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?flash=guardian`);
  redirect(result?.ok && result.asksAreas ? `${pagePath}?step=areas` : `${pagePath}?done=1`);
}

export async function saveNewSignsByLink(before: ScreenFormState, form: FormData): Promise<ScreenFormState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const { token, uid, seen, signer, pagePath } = readWho(form);
  const values = readScreenFormValues(form);
  const { yes, unsure, none, about } = values;
  const request = { uid, seen, signer, isNew: true, yes, unsure, none, about } as const;
  const result = await byLink(token, (viewer) => saveSessionCheck(viewer, request, { now: Date.now() }));
  if (result === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (isRefusedAsChanged(result)) return { values, errors: {}, problem: 'changed', answer, seen: result.at };
  if (result && !result.ok && result.reason === 'invalid') {
    const errors = toFieldErrors(result.issues);
    return { values, errors, problem: null, answer };
  }
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?flash=guardian`);
  redirect(pagePath);
}

export async function saveAreasByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const { token, uid, signer, pagePath } = readWho(form);
  const allowed = readAllowedAreas(form);
  const result = await byLink(token, (viewer) =>
    saveAllowedAreas(viewer, { uid, allowed, signer }, { now: Date.now() }),
  );
  if (isWrongSignerRefusal(result)) redirect(`${pagePath}?step=areas&flash=guardian`);
  redirect(result === 'busy' ? `${pagePath}?step=areas&flash=busy` : `${pagePath}?done=1`);
}

function readWho(form: FormData) {
  const token = readText(form, 'who', 64);
  return {
    token,
    uid: readText(form, 'uid', 64),
    seen: readShownAnswersTime(form),
    signer: readSigner(form),
    pagePath: `/manage/${encodeURIComponent(token)}/before`,
  };
}

function byLink<Result>(
  token: string,
  act: (viewer: { role: 'link'; seriesId: string }) => Promise<Result>,
): Promise<Result | 'busy' | null> {
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    return viewer && act(viewer);
  });
}

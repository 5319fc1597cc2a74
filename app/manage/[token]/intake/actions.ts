'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { getPreviousScreen, isIntakeScreenId } from '@/components/health-form/health-form';
import {
  pickScreenAnswers,
  readScreenFormValues,
  type ScreenFormState,
} from '@/components/health-form/screen-form-data';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { saveIntakeScreen } from '@/db/care/save-intake';

/** Saves one screen, and leads to the next or previous one, or to the dates. */
export async function saveScreen(before: ScreenFormState, form: FormData): Promise<ScreenFormState> {
  requireFormData(form);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const token = readText(form, 'who', 64);
  const [screen, then] = [readText(form, 'screen', 12), readText(form, 'then', 12)];
  const pagePath = `/manage/${encodeURIComponent(token)}`;
  if (!isIntakeScreenId(screen)) redirect(`${pagePath}/intake`);
  const values = readScreenFormValues(form);
  const back = `${pagePath}/intake?step=${getPreviousScreen(screen)}`;
  const saved = await save(token, () => pickScreenAnswers(screen, values));
  if (saved === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (saved === null) redirect(pagePath);
  // Answers that are not valid yet are not saved, but the client may still leave.
  if (then === 'later') redirect(pagePath);
  if (then === 'back') redirect(back);
  if (saved.ok)
    redirect(saved.stop || saved.next === 'done' ? `${pagePath}/intake` : `${pagePath}/intake?step=${saved.next}`);
  if (saved.reason === 'invalid') {
    const errors = toFieldErrors(saved.issues);
    return { values, errors, problem: null, answer };
  }
  redirect(saved.reason === 'not_found' ? pagePath : `${pagePath}/intake`);
}

function save(token: string, values: () => ReturnType<typeof pickScreenAnswers>) {
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    return viewer && saveIntakeScreen(viewer, values(), { now: Date.now() });
  });
}

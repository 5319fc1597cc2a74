'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import {
  movePracticeQuestionInOrder,
  type PracticeQuestionFormValues,
  removePracticeQuestion,
  savePracticeQuestion,
} from '@/db/care/practice-questions';

const PAGE_PATH = '/practice/settings/health-form';

export interface PracticeQuestionFormState {
  values: PracticeQuestionFormValues;
  errors: Record<string, string>;
  problem: 'busy' | 'changed' | 'not_found' | null;
  answer: number;
}

export async function saveHealthFormQuestion(
  before: PracticeQuestionFormState,
  form: FormData,
): Promise<PracticeQuestionFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const values = {
    kind: readText(form, 'kind', 20),
    words: readText(form, 'words', 1000),
    choices: readText(form, 'choices', 4000),
    ...{ least: readText(form, 'least'), most: readText(form, 'most') },
    isRequired: readText(form, 'isRequired', 10) === 'yes',
  };
  const request = { id: readText(form, 'id', 64) || null, mark: readText(form, 'mark', 40), form: values };
  const saved = await catchDatabaseBusy(() => savePracticeQuestion(viewer, request, { now: Date.now() }));
  if (saved === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (saved.ok) redirect(`${PAGE_PATH}?flash=saved`);
  if (saved.reason !== 'invalid') return { values, errors: {}, problem: saved.reason, answer };
  const errors = toFieldErrors(saved.issues);
  return { values, errors, problem: null, answer };
}

export async function moveHealthFormQuestion(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const by = form.get('step') === '-1' ? -1 : 1;
  const result = await catchDatabaseBusy(() =>
    movePracticeQuestionInOrder(viewer, readText(form, 'id', 64), by, { now: Date.now() }),
  );
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'ordered' : 'gone'}`);
}

export async function removeHealthFormQuestion(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() =>
    removePracticeQuestion(viewer, readText(form, 'id', 64), { now: Date.now() }),
  );
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'removed' : 'gone'}`);
}

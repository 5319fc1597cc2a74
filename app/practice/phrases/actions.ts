'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { addNotePhrase, removeNotePhrase } from '@/db/care/note-phrases';
import { initialPhraseFormState, type PhraseFormState } from './phrase-form-state';

export async function saveNewPhrase(before: PhraseFormState, form: FormData): Promise<PhraseFormState> {
  requireFormData(form);
  const { answer } = parseFormState(answerCountSchema, before);
  const viewer = await requireRole('practitioner');
  const values = { field: readText(form, 'field', 20), words: readText(form, 'words', 5000) };
  const outcome = await catchDatabaseBusy(() => addNotePhrase(viewer, values, { now: Date.now() }));
  refresh();
  const result = { ...initialPhraseFormState, values, answer: answer + 1 };
  if (outcome === 'busy') return { ...result, isBusy: true };
  if (outcome.ok) return { ...result, values: { ...values, words: '' }, isSaved: true };
  if (outcome.reason === 'invalid') return { ...result, errors: toFieldErrors(outcome.issues) };
  return { ...result, errors: { words: 'Phrases are for those who write notes.' } };
}

export async function removePhrase(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  await catchDatabaseBusy(() => removeNotePhrase(viewer, readText(form, 'id', 64)));
  redirect('/practice/phrases');
}

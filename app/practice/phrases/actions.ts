'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import { requireRole } from '@/auth';
import { addNotePhrase, removeNotePhrase } from '@/db/care/note-phrases';
import { initialPhraseState, type PhraseState } from './phrase-state';

export async function addPhrase(before: PhraseState, form: FormData): Promise<PhraseState> {
  requireFormData(form);
  const { answer } = parseFormState(answerCountSchema, before);
  const viewer = await requireRole('practitioner');
  const values = { field: readText(form, 'field', 20), words: readText(form, 'words', 5000) };
  const outcome = await catchDatabaseBusy(() => addNotePhrase(viewer, values, { now: Date.now() }));
  refresh();
  const result = { ...initialPhraseState, values, answer: answer + 1 };
  if (outcome === 'busy') return { ...result, isBusy: true };
  if (outcome.ok) return { ...result, values: { ...values, words: '' }, isSaved: true };
  if (outcome.reason === 'invalid')
    return { ...result, errors: Object.fromEntries(outcome.issues.map(({ path, message }) => [path[0], message])) };
  return { ...result, errors: { words: 'Phrases are for those who write notes.' } };
}

export async function removePhrase(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  await catchDatabaseBusy(() => removeNotePhrase(viewer, readText(form, 'id', 64)));
  redirect('/practice/phrases');
}

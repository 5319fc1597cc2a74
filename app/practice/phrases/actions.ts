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
  const typed = { field: readText(form, 'field', 20), words: readText(form, 'words', 5000) };
  const done = await catchDatabaseBusy(() => addNotePhrase(viewer, typed, { now: Date.now() }));
  refresh();
  const told = { ...initialPhraseState, typed, answer: answer + 1 };
  if (done === 'busy') return { ...told, isBusy: true };
  if (done.ok) return { ...told, typed: { ...typed, words: '' }, isKept: true };
  if (done.reason === 'invalid')
    return { ...told, errors: Object.fromEntries(done.issues.map(({ path, message }) => [path[0], message])) };
  return { ...told, errors: { words: 'Phrases are for those who write notes.' } };
}

export async function removePhrase(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  await catchDatabaseBusy(() => removeNotePhrase(viewer, readText(form, 'id', 64)));
  redirect('/practice/phrases');
}

'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { addNotePhrase, removeNotePhrase } from '@/db/care/note-phrases';
import { type PhraseState, untouchedPhrase } from './phrase-state';

export async function addPhrase(before: PhraseState, form: FormData): Promise<PhraseState> {
  readForm(form);
  const { answer } = readState(answeredState, before);
  const viewer = await requireViewer('practitioner');
  const typed = { field: readText(form, 'field', 20), words: readText(form, 'words', 5000) };
  const done = await orDatabaseBusy(() => addNotePhrase(viewer, typed, { now: Date.now() }));
  refresh();
  const told = { ...untouchedPhrase, typed, answer: answer + 1 };
  if (done === 'busy') return { ...told, isBusy: true };
  if (done.ok) return { ...told, typed: { ...typed, words: '' }, isKept: true };
  if (done.reason === 'invalid')
    return { ...told, errors: Object.fromEntries(done.issues.map(({ path, message }) => [path[0], message])) };
  return { ...told, errors: { words: 'Phrases are for those who write notes.' } };
}

export async function removePhrase(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  await orDatabaseBusy(() => removeNotePhrase(viewer, readText(form, 'id', 64)));
  redirect('/practice/phrases');
}

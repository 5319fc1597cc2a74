'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { removeDayNote, writeDayNote } from '@/db/practice/day-notes';
import type { DayNoteState } from './day-note-state';

/** Writes, changes or removes a note of a day. Where that is not possible, what was typed stays in the form. */
export async function saveOrRemoveDayNote(before: DayNoteState, form: FormData): Promise<DayNoteState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const previous = parseFormState(answerCountSchema, before);
  const now = Date.now();
  const values = {
    words: readText(form, 'words', 1000),
    on: readText(form, 'day', 20),
    who: readText(form, 'who', 64),
  };
  const id = readText(form, 'id', 64);
  const version = Number(readText(form, 'version', 9));
  const isRemoval = form.get('do') === 'remove';
  const result = await catchDatabaseBusy(async () => {
    if (isRemoval) return removeDayNote(viewer, { id, version }, { now });
    const { words, on, who } = values;
    const request = { words, on, therapistId: who === '' ? null : who };
    return writeDayNote(viewer, { ...request, ...(id !== '' && { changes: { id, version } }) }, { now });
  });
  if (result !== 'busy' && result.ok) {
    const back = new URLSearchParams(readText(form, 'back', 500));
    if (!isRemoval) back.set('on', values.on);
    redirect(`/practice/calendar?${back}`);
  }
  refresh();
  const answer: DayNoteState = { values, errors: {}, problem: null, newer: null, answer: previous.answer + 1 };
  if (result === 'busy') return { ...answer, problem: 'busy' };
  switch (result.reason) {
    case 'changed_since':
      return { ...answer, problem: 'changed_since', newer: { words: result.note.words, version: result.note.version } };
    case 'invalid':
      return { ...answer, errors: toFieldErrors(result.issues) };
    default:
      return { ...answer, problem: 'not_found' };
  }
}

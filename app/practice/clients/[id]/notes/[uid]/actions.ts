'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { getViewer, requireRole } from '@/auth';
import { appendPhrase, fillFromEarlierNote, type NoteContent, type NoteField, noteFields } from '@/care/session-notes';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import { addNotePhrase, listNotePhrases } from '@/db/care/note-phrases';
import { openSessionNote } from '@/db/care/session-notes';
import { amendNote, saveAndSignNote, saveNote } from '@/db/care/write-session-notes';
import type { Issue } from '@/db/results';
import { type AmendFormState, initialAmendFormState } from './amend-form-state';
import { type NoteFormState, readNoteContent } from './note-form-state';

/**
 * Saves a note (automatically or by a press), signs it, or inserts a phrase or the last note. Where that is not
 * possible, the form keeps what was written.
 */
export async function saveOrSignNote(before: NoteFormState, form: FormData): Promise<NoteFormState> {
  requireFormData(form);
  const previous = parseFormState(answerCountSchema, before);
  const viewer = await getViewer();
  const now = Date.now();
  const press = readText(form, 'do', 80);
  const answer: NoteFormState = {
    ...{ values: readNoteContent(form), errors: {}, problem: null, newer: null, isPhraseStored: false },
    ...{ version: Number(readText(form, 'seen', 9)) || 0, at: now, answer: previous.answer + 1 },
  };
  // A page that saves automatically is not redirected, because that would lose what is written on it.
  if (!isTherapistOrOwner(viewer)) return { ...answer, problem: 'signed_out' };
  const uid = readText(form, 'uid', 64);
  const content = await putInto(viewer, { uid, press, content: readNoteContent(form) }, now);
  const request = {
    ...{ uid, content, seen: answer.version ?? 0 },
    ...{ editor: readText(form, 'editor', 64), edit: Number(readText(form, 'edit', 9)) || 0 },
  };
  const result = await catchDatabaseBusy(() =>
    press === 'sign' ? saveAndSignNote(viewer, request, { now }) : saveNote(viewer, request, { now }),
  );
  const values = { ...answer, values: content };
  if (result === 'busy') return { ...values, problem: 'busy' };
  if (!result.ok) {
    if (result.reason === 'invalid') return { ...values, errors: errorsOf(result.issues) };
    if (result.reason === 'changed_since') return { ...values, problem: result.reason, newer: result.newer };
    return { ...values, problem: result.reason };
  }
  if (press === 'sign') redirect(`${addressOf(form)}?flash=signed#flash`);
  const saved = { ...values, version: 'version' in result ? Number(result.version) : answer.version };
  return press.startsWith('keep:') ? keepPhrase(viewer, press.slice('keep:'.length), form, saved) : saved;
}

/** Adds to a note that is signed. */
export async function amendSignedNote(before: AmendFormState, form: FormData): Promise<AmendFormState> {
  requireFormData(form);
  const { answer } = parseFormState(answerCountSchema, before);
  const viewer = await requireRole('practitioner');
  const values = { words: readText(form, 'words', 20_000), reason: readText(form, 'reason', 2000) };
  const request = { ...values, id: readText(form, 'id', 64), uid: readText(form, 'uid', 64) };
  const result = await catchDatabaseBusy(() => amendNote(viewer, request, { now: Date.now() }));
  if (result !== 'busy' && result.ok) redirect(`${addressOf(form)}?flash=amended#flash`);
  refresh();
  const previous = { ...initialAmendFormState, values, answer: answer + 1 };
  if (result === 'busy') return { ...previous, problem: 'busy' };
  return result.reason === 'invalid'
    ? { ...previous, errors: errorsOf(result.issues) }
    : { ...previous, problem: result.reason };
}

/** Inserts, without script, what a press asks for, before the note is saved. */
async function putInto(
  viewer: Staff,
  { uid, press, content }: { uid: string; press: string; content: NoteContent },
  now: number,
): Promise<NoteContent> {
  if (press === 'copy') {
    const last = (await openSessionNote(viewer, uid, { now }))?.last?.note.content;
    return last ? fillFromEarlierNote(last, content) : content;
  }
  if (!press.startsWith('phrase:')) return content;
  const phrase = (await listNotePhrases(viewer)).find(({ id }) => id === press.slice('phrase:'.length));
  return phrase ? { ...content, [phrase.field]: appendPhrase(content[phrase.field], phrase.words) } : content;
}

/** Stores the selected text of a field, or else all of it, as a phrase. */
async function keepPhrase(viewer: Staff, name: string, form: FormData, saved: NoteFormState): Promise<NoteFormState> {
  const field = noteFields.find((known) => known === name);
  if (!field) return saved;
  const words = readText(form, 'selected', 5000) || readText(form, field, 5000);
  const result = await catchDatabaseBusy(() => addNotePhrase(viewer, { field, words }, { now: Date.now() }));
  if (result === 'busy') return { ...saved, problem: 'busy' };
  if (!result.ok) {
    const text = result.reason === 'invalid' ? result.issues[0]?.message : undefined;
    return { ...saved, errors: { [field]: text ?? 'This phrase could not be kept.' } };
  }
  refresh();
  return { ...saved, isPhraseStored: true };
}

function errorsOf(issues: Issue[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [path.at(-1) as NoteField, message]));
}

function addressOf(form: FormData): string {
  const [client, uid] = [readText(form, 'client', 64), readText(form, 'uid', 64)].map(encodeURIComponent);
  return `/practice/clients/${client}/notes/${uid}`;
}

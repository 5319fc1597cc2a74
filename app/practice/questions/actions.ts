'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { isBusy } from '@/db/connection/database-busy';
import { answerAsked, answerInWords, dismissAsked, readAnswerWords, reopenAsked } from '@/db/questions/answer-asked';
import { getQuestion } from '@/questions/library';

export async function answer(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const slug = String(form.get('slug') ?? '');
  if (!getQuestion(slug)) redirect('/practice/questions?flash=no_page');
  let flash = 'busy';
  try {
    const answered = await answerAsked(viewer, { id: String(form.get('id') ?? ''), slug }, Date.now());
    flash = answered.ok ? (answered.isTold ? 'told' : 'done') : 'gone';
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  redirect(`/practice/questions?flash=${flash}`);
}

export async function dismiss(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const done = await orDatabaseBusy(() => dismissAsked(viewer, readText(form, 'id'), Date.now()));
  redirect(`/practice/questions?flash=${done === 'busy' ? 'busy' : done.ok ? 'dismissed' : 'gone'}`);
}

/** Takes back how it was closed, as it was shown when the button was drawn. */
export async function reopen(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const shown = { id: readText(form, 'id'), closedAt: Number(readText(form, 'closedAt')) };
  const done = await orDatabaseBusy(() => reopenAsked(viewer, shown, Date.now()));
  const flash = done === 'busy' ? 'busy' : !done.ok ? 'gone' : done.hasMailLeft ? 'reopened_told' : 'reopened';
  redirect(`/practice/questions?flash=${flash}`);
}

export interface AnswerState {
  typed: string;
  error: string | null;
  /** The answer as it will be read. */
  preview: string | null;
  problem: 'gone' | 'busy' | null;
  answer: number;
}

const answerState = answeredState.extend({ typed: z.string() });

/** Shows what its reader will see first; sends it when that is pressed. */
export async function write(before: AnswerState, form: FormData): Promise<AnswerState> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const { answer } = readState(answerState, before);
  const typed = readText(form, 'words', 10_000);
  const told: AnswerState = { typed, error: null, preview: null, problem: null, answer: answer + 1 };
  const wanted = readText(form, 'do', 10);
  if (wanted === 'change') return told;
  const read = readAnswerWords(typed);
  if (!read.ok) return { ...told, error: read.issues[0]!.message };
  if (wanted !== 'send') return { ...told, preview: read.words };
  const id = readText(form, 'id');
  const done = await orDatabaseBusy(() => answerInWords(viewer, { id, words: read.words }, Date.now()));
  if (done === 'busy') return { ...told, preview: read.words, problem: 'busy' };
  if (!done.ok) return { ...told, problem: 'gone' };
  redirect('/practice/questions?flash=told_words');
}

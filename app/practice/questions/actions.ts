'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import {
  answerInWords,
  answerWithPage,
  dismissReaderQuestion,
  parseAnswerText,
  reopenReaderQuestion,
} from '@/db/questions/answer-reader-questions';
import { getQuestion } from '@/questions/library';

export async function answerQuestionWithPage(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const slug = String(form.get('slug') ?? '');
  if (!getQuestion(slug)) redirect('/practice/questions?flash=no_page');
  const result = await catchDatabaseBusy(() => answerWithPage(viewer, { id: readText(form, 'id'), slug }, Date.now()));
  if (result !== 'busy' && !result.ok)
    redirect(`/practice/questions?flash=${result.reason === 'hidden' ? 'hidden' : 'gone'}`);
  const flash = result === 'busy' ? 'busy' : result.isNotified ? 'notified' : 'done';
  redirect(`/practice/questions?flash=${flash}`);
}

export async function dismissQuestion(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const result = await catchDatabaseBusy(() => dismissReaderQuestion(viewer, readText(form, 'id'), Date.now()));
  redirect(`/practice/questions?flash=${result === 'busy' ? 'busy' : result.ok ? 'dismissed' : 'gone'}`);
}

/** Reopens the question in the version that was shown with the button. */
export async function reopenQuestion(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const shown = { id: readText(form, 'id'), closedAt: Number(readText(form, 'closedAt')) };
  const result = await catchDatabaseBusy(() => reopenReaderQuestion(viewer, shown, Date.now()));
  const flash =
    result === 'busy' ? 'busy' : !result.ok ? 'gone' : result.hasMailLeft ? 'reopened_notified' : 'reopened';
  redirect(`/practice/questions?flash=${flash}`);
}

export interface AnswerFormState {
  values: string;
  error: string | null;
  /** The answer as its reader will see it. */
  preview: string | null;
  problem: 'gone' | 'busy' | null;
  answer: number;
}

const answerState = answerCountSchema.extend({ values: z.string() });

/** First shows the answer as its reader will see it, and sends it once that is confirmed. */
export async function previewOrSendAnswer(before: AnswerFormState, form: FormData): Promise<AnswerFormState> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const { answer } = parseFormState(answerState, before);
  const values = readText(form, 'words', 10_000);
  const result: AnswerFormState = { values, error: null, preview: null, problem: null, answer: answer + 1 };
  const request = readText(form, 'do', 10);
  if (request === 'change') return result;
  const read = parseAnswerText(values);
  if (!read.ok) return { ...result, error: read.issues[0]!.message };
  if (request !== 'send') return { ...result, preview: read.words };
  const id = readText(form, 'id');
  const outcome = await catchDatabaseBusy(() => answerInWords(viewer, { id, words: read.words }, Date.now()));
  if (outcome === 'busy') return { ...result, preview: read.words, problem: 'busy' };
  if (!outcome.ok) return { ...result, problem: 'gone' };
  redirect('/practice/questions?flash=notified_words');
}

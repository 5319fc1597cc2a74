'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { listQuestionsWithSettings } from '@/app/questions/shown-questions';
import { requireRole } from '@/auth';
import type { Owner } from '@/db/access/viewer';
import { getPractice } from '@/db/practice/practice';
import { saveQuestionPageOrder, saveQuestionPageReviewer, setQuestionPageHidden } from '@/db/questions/question-pages';
import { getQuestion } from '@/questions/library';
import { toWallTime } from '@/scheduling/zone-conversion';

const PAGE_PATH = '/practice/questions/pages';

/** Hides a page, or shows it again. */
export async function hideOrShowPage(form: FormData): Promise<void> {
  const { viewer, slug } = await read(form);
  const isHidden = readText(form, 'do') === 'hide';
  const result = await catchDatabaseBusy(() => setQuestionPageHidden(viewer, { slug, isHidden }, Date.now()));
  if (result !== 'busy') revalidateQuestionPages();
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : isHidden ? 'hidden' : 'shown'}#${slug}`);
}

/** Moves a page up, down or to the top, in the order that was shown. */
export async function movePageInOrder(form: FormData): Promise<void> {
  const { viewer, slug } = await read(form);
  const before = (await listQuestionsWithSettings()).map((question) => question.slug);
  const after = before.filter((other) => other !== slug);
  const from = before.indexOf(slug);
  const to = { up: from - 1, down: from + 1, first: 0 }[readText(form, 'do')] ?? from;
  after.splice(Math.max(0, to), 0, slug);
  const result = await catchDatabaseBusy(() => saveQuestionPageOrder(viewer, { before, after }, Date.now()));
  if (result !== 'busy' && result.ok) revalidateQuestionPages();
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'moved' : 'changed'}#${slug}`);
}

export interface PageReviewerState {
  values: { name: string; qualification: string; on: string };
  errors: Record<string, string>;
  flash: 'saved' | 'busy' | 'changed' | null;
  version: number;
}

export async function savePageReviewer(_before: PageReviewerState, form: FormData): Promise<PageReviewerState> {
  const { viewer, slug } = await read(form);
  const values = {
    name: readText(form, 'name'),
    qualification: readText(form, 'qualification'),
    on: readText(form, 'on'),
  };
  const version = Number(readText(form, 'version'));
  const result: PageReviewerState = { values, errors: {}, flash: null, version };
  const now = Date.now();
  const today = toWallTime((await getPractice()).timeZone, now).on;
  const outcome = await catchDatabaseBusy(() =>
    saveQuestionPageReviewer(viewer, { slug, ...values, version }, { now, today }),
  );
  if (outcome === 'busy') return { ...result, flash: 'busy' };
  if (outcome.ok) {
    revalidateQuestionPages();
    return { ...result, flash: 'saved', version: version + 1 };
  }
  if (outcome.reason !== 'invalid') return { ...result, flash: 'changed' };
  const errors = toFieldErrors(outcome.issues);
  return { ...result, errors };
}

async function read(form: FormData): Promise<{ viewer: Owner; slug: string }> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const slug = readText(form, 'slug');
  if (viewer.role !== 'owner' || !getQuestion(slug)) redirect(PAGE_PATH);
  return { viewer, slug };
}

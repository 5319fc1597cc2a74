'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { listManagedQuestions } from '@/app/questions/shown-questions';
import { requireViewer } from '@/auth';
import type { Owner } from '@/db/access/viewer';
import { getPractice } from '@/db/practice/practice';
import { hideQuestionPage, orderQuestionPages, reviewQuestionPage } from '@/db/questions/question-pages';
import { getQuestion } from '@/questions/library';
import { toWall } from '@/scheduling/zone';

const HERE = '/practice/questions/pages';

/** Hides a page, or shows it again. */
export async function hide(form: FormData): Promise<void> {
  const { viewer, slug } = await read(form);
  const isHidden = readText(form, 'do') === 'hide';
  const done = await orDatabaseBusy(() => hideQuestionPage(viewer, { slug, isHidden }, Date.now()));
  if (done !== 'busy') redrawQuestions();
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : isHidden ? 'hidden' : 'shown'}#${slug}`);
}

/** Moves a page one up, one down, or to the top, in the order that was shown. */
export async function move(form: FormData): Promise<void> {
  const { viewer, slug } = await read(form);
  const before = (await listManagedQuestions()).map((question) => question.slug);
  const after = before.filter((other) => other !== slug);
  const from = before.indexOf(slug);
  const to = { up: from - 1, down: from + 1, first: 0 }[readText(form, 'do')] ?? from;
  after.splice(Math.max(0, to), 0, slug);
  const done = await orDatabaseBusy(() => orderQuestionPages(viewer, { before, after }, Date.now()));
  if (done !== 'busy' && done.ok) redrawQuestions();
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'moved' : 'changed'}#${slug}`);
}

export interface ReviewState {
  typed: { name: string; qualification: string; on: string };
  errors: Record<string, string>;
  flash: 'saved' | 'busy' | 'changed' | null;
  version: number;
}

export async function review(_before: ReviewState, form: FormData): Promise<ReviewState> {
  const { viewer, slug } = await read(form);
  const typed = {
    name: readText(form, 'name'),
    qualification: readText(form, 'qualification'),
    on: readText(form, 'on'),
  };
  const version = Number(readText(form, 'version'));
  const told: ReviewState = { typed, errors: {}, flash: null, version };
  const now = Date.now();
  const today = toWall((await getPractice()).timeZone, now).on;
  const done = await orDatabaseBusy(() => reviewQuestionPage(viewer, { slug, ...typed, version }, { now, today }));
  if (done === 'busy') return { ...told, flash: 'busy' };
  if (done.ok) {
    redrawQuestions();
    return { ...told, flash: 'saved', version: version + 1 };
  }
  if (done.reason !== 'invalid') return { ...told, flash: 'changed' };
  const errors = Object.fromEntries(done.issues.map(({ path, message }) => [String(path[0]), message]));
  return { ...told, errors };
}

async function read(form: FormData): Promise<{ viewer: Owner; slug: string }> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const slug = readText(form, 'slug');
  if (viewer.role !== 'owner' || !getQuestion(slug)) redirect(HERE);
  return { viewer, slug };
}

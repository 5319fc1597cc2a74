'use server';

import { readForm, readPictureFile, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { requireViewer } from '@/auth';
import { changeLook, lookOf } from '@/db/practice/look';
import { getPractice } from '@/db/practice/practice';

export interface LookState {
  colour: string;
  namesSoftware: boolean;
  markId: string | null;
  seen: string;
  errors: Record<string, string>;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

export async function saveLook(before: LookState, form: FormData): Promise<LookState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const colour = readText(form, 'colour', 20);
  const namesSoftware = form.get('namesSoftware') === 'yes';
  const seen = readText(form, 'seen', 400);
  const file = await readPictureFile(form, 'mark');
  const mark = form.get('noMark') === 'yes' ? 'remove' : (file ?? 'keep');
  const answer = { ...before, colour, namesSoftware, seen, errors: {}, flash: null };
  const saved = await orDatabaseBusy(() =>
    changeLook(viewer, { colour, namesSoftware, mark }, seen, { now: Date.now() }),
  );
  if (saved === 'busy') return { ...answer, flash: 'busy' };
  if (saved.ok) {
    redrawQuestions();
    const practice = await getPractice();
    const now = lookOf(practice);
    return { ...now, markId: practice.markId, seen: JSON.stringify(now), errors: {}, flash: 'saved' };
  }
  if (saved.reason === 'changed_since') return { ...answer, flash: 'changed_since' };
  return { ...answer, errors: Object.fromEntries(saved.issues.map(({ path, message }) => [path[0], message])) };
}

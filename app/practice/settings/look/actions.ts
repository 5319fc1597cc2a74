'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readPictureFile, readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { requireRole } from '@/auth';
import { changeAppearance, pickAppearance } from '@/db/practice/appearance';
import { getPractice } from '@/db/practice/practice';

export interface AppearanceFormState {
  colour: string;
  namesSoftware: boolean;
  markId: string | null;
  seen: string;
  errors: Record<string, string>;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

export async function saveAppearance(before: AppearanceFormState, form: FormData): Promise<AppearanceFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const colour = readText(form, 'colour', 20);
  const namesSoftware = form.get('namesSoftware') === 'yes';
  const seen = readText(form, 'seen', 400);
  const file = await readPictureFile(form, 'mark');
  const mark = form.get('noMark') === 'yes' ? 'remove' : (file ?? 'keep');
  const answer = { ...before, colour, namesSoftware, seen, errors: {}, flash: null };
  const saved = await catchDatabaseBusy(() =>
    changeAppearance(viewer, { colour, namesSoftware, mark }, seen, { now: Date.now() }),
  );
  if (saved === 'busy') return { ...answer, flash: 'busy' };
  if (saved.ok) {
    revalidateQuestionPages();
    const practice = await getPractice();
    const now = pickAppearance(practice);
    return { ...now, markId: practice.markId, seen: JSON.stringify(now), errors: {}, flash: 'saved' };
  }
  if (saved.reason === 'changed_since') return { ...answer, flash: 'changed_since' };
  return { ...answer, errors: toFieldErrors(saved.issues) };
}

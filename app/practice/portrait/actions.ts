'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readPictureFile, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { changePortrait } from '@/db/practice/appearance';

export interface PortraitFormState {
  flash: 'saved' | 'removed' | 'busy' | 'not_found' | null;
  error: string | null;
  portraitId: string | null;
}

export async function savePortrait(before: PortraitFormState, form: FormData): Promise<PortraitFormState> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const therapistId = readText(form, 'therapistId', 64);
  const isRemoved = form.get('do') === 'remove';
  const file = isRemoved ? null : await readPictureFile(form, 'portrait');
  if (!isRemoved && !file) return { ...before, flash: null, error: 'Choose a picture first.' };
  const portrait = file ?? 'remove';
  const saved = await catchDatabaseBusy(() => changePortrait(viewer, { therapistId, portrait }, { now: Date.now() }));
  if (saved === 'busy') return { ...before, flash: 'busy', error: null };
  if (saved.ok) return { flash: isRemoved ? 'removed' : 'saved', error: null, portraitId: saved.portraitId };
  if (saved.reason === 'invalid') return { ...before, flash: null, error: saved.message };
  return { ...before, flash: 'not_found', error: null };
}

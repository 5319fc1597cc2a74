'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { saveEmbedOrigins } from '@/db/practice/embed-origins';

export interface EmbeddingSitesFormState {
  values: string;
  error: string | null;
  isSaved: boolean;
}

export async function saveEmbeddingSites(
  _before: EmbeddingSitesFormState,
  form: FormData,
): Promise<EmbeddingSitesFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = String(form.get('sites') ?? '').slice(0, 8000);
  if (viewer.role !== 'owner') return { values, error: 'Only the owner may change this.', isSaved: false };
  const saved = await catchDatabaseBusy(() => saveEmbedOrigins(viewer, values, Date.now()));
  if (saved === 'busy')
    return { values, error: 'Nothing was changed: the practice is busy. Try again in a moment.', isSaved: false };
  if (!saved.ok) return { values, error: saved.message, isSaved: false };
  return { values: saved.origins.join('\n'), error: null, isSaved: true };
}

'use server';

import { readForm } from '@/app/form-data';
import { requireViewer } from '@/auth';
import { isBusy } from '@/db/connection/database-busy';
import { putEmbedOrigins } from '@/db/practice/embed-origins';

export interface SitesState {
  typed: string;
  error: string | null;
  isSaved: boolean;
}

export async function save(_before: SitesState, form: FormData): Promise<SitesState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = String(form.get('sites') ?? '').slice(0, 8000);
  if (viewer.role !== 'owner') return { typed, error: 'Only the owner may change this.', isSaved: false };
  try {
    const saved = await putEmbedOrigins(viewer, typed, Date.now());
    if (!saved.ok) return { typed, error: saved.message, isSaved: false };
    return { typed: saved.origins.join('\n'), error: null, isSaved: true };
  } catch (error) {
    if (!isBusy(error)) throw error;
    return { typed, error: 'Nothing was changed: the practice is busy. Try again in a moment.', isSaved: false };
  }
}

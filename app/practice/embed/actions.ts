'use server';

import { requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { putEmbedOrigins } from '@/db/practice/embed-origins';

export interface AllowedSitesState {
  typed: string;
  error: string | null;
  isSaved: boolean;
}

export async function saveAllowedSites(_before: AllowedSitesState, form: FormData): Promise<AllowedSitesState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const typed = String(form.get('sites') ?? '').slice(0, 8000);
  if (viewer.role !== 'owner') return { typed, error: 'Only the owner may change this.', isSaved: false };
  try {
    const saved = await putEmbedOrigins(viewer, typed, Date.now());
    if (!saved.ok) return { typed, error: saved.message, isSaved: false };
    return { typed: saved.origins.join('\n'), error: null, isSaved: true };
  } catch (error) {
    if (!isDatabaseBusy(error)) throw error;
    return { typed, error: 'Nothing was changed: the practice is busy. Try again in a moment.', isSaved: false };
  }
}

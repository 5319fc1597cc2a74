'use server';

import { requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import type { PreviewedEmail } from './date-decisions-form-data';
import { readEmailPreview } from './email-preview';

/** The e-mail that would be sent for the present choices of the form, for an absence or a hand-over. */
export async function previewEmail(form: FormData): Promise<PreviewedEmail | null> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  return readEmailPreview(viewer, form, Date.now());
}

'use server';

import { requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import type { PreviewedEmail } from './date-decisions-form-data';
import { readEmailPreview } from './email-preview';

/** The e-mail as it would be sent for what the form says now, of an absence and of a hand-over. */
export async function previewEmail(form: FormData): Promise<PreviewedEmail | null> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  return readEmailPreview(viewer, form, Date.now());
}

'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { requireRole } from '@/auth';
import { isCareConsentKind } from '@/care/consents';
import { withdrawConsent } from '@/db/care/consents';

/** Withdraws a consent for a client who asked for it at the practice. */
export async function withdrawForClient(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const clientId = readText(form, 'who', 64);
  const kind = readText(form, 'kind', 20);
  const pagePath = `/practice/clients/${encodeURIComponent(clientId)}/consents`;
  if (!isCareConsentKind(kind)) redirect(pagePath);
  const result = await catchDatabaseBusy(() => withdrawConsent(viewer, { kind, clientId }, { now: Date.now() }));
  if (result !== 'busy' && result.ok) revalidateQuestionPages();
  redirect(
    result === 'busy' ? `${pagePath}?flash=busy#flash` : result.ok ? `${pagePath}?flash=withdrawn#flash` : pagePath,
  );
}

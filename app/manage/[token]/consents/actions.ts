'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { isCareConsentKind } from '@/care/consents';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { withdrawConsent } from '@/db/care/consents';

export async function withdrawConsentByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'who', 64);
  const kind = readText(form, 'kind', 20);
  const pagePath = `/manage/${encodeURIComponent(token)}/consents`;
  const flash = await tryToWithdraw(token, kind);
  redirect(flash ? `${pagePath}?flash=${flash}#flash` : pagePath);
}

async function tryToWithdraw(token: string, kind: string): Promise<'withdrawn' | 'busy' | null> {
  if (!isCareConsentKind(kind)) return null;
  return changeWithinLimit(async () => {
    const viewer = await findManageLinkViewer(token);
    const result = viewer && (await withdrawConsent(viewer, { kind }, { now: Date.now() }));
    // A client who withdraws consent no longer counts in the results on a question's page.
    if (result?.ok) revalidateQuestionPages();
    return result?.ok ? 'withdrawn' : null;
  });
}

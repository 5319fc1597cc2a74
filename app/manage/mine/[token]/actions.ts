'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { findAllPlansLink } from '@/db/access/all-plans-links';
import { saveMailLanguage } from '@/db/people/language-of-address';

/** Sets the language of the e-mails. The token in the form proves who is asking. */
export async function setMailLanguage(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 200);
  const language = readText(form, 'language', 10);
  const now = Date.now();
  const flash = await changeWithinLimit(async () => {
    const found = await findAllPlansLink(token, now);
    if (found?.state !== 'open') return 'not_found';
    const saved = await saveMailLanguage(found.viewer, language, { now });
    return saved.ok ? 'language' : saved.reason;
  });
  redirect(`/manage/mine/${encodeURIComponent(token)}?flash=${flash}#flash`);
}

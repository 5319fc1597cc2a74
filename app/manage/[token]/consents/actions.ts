'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readForm, readText } from '@/app/form-data';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { isCareConsent } from '@/care/consents';
import { findLinkViewer } from '@/db/access/manage-tokens';
import { withdrawConsent } from '@/db/care/consents';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

export async function withdraw(form: FormData): Promise<void> {
  readForm(form);
  const token = readText(form, 'who', 64);
  const kind = readText(form, 'kind', 20);
  const here = `/manage/${encodeURIComponent(token)}/consents`;
  const flash = await tryToWithdraw(token, kind);
  redirect(flash ? `${here}?flash=${flash}#flash` : here);
}

async function tryToWithdraw(token: string, kind: string): Promise<'withdrawn' | 'busy' | null> {
  if (!isCareConsent(kind)) return null;
  try {
    const allowed = await consumeRateLimit('changes', clientIp(await headers()));
    if (!allowed.ok) return 'busy';
    const viewer = await findLinkViewer(token);
    const done = viewer && (await withdrawConsent(viewer, { kind }, { now: Date.now() }));
    // Whoever took it back does not count on a question's page any more.
    if (done?.ok) redrawQuestions();
    return done?.ok ? 'withdrawn' : null;
  } catch (error) {
    if (isBusy(error)) return 'busy';
    throw error;
  }
}

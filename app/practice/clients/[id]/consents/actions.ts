'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { requireViewer } from '@/auth';
import { isCareConsent } from '@/care/consents';
import { withdrawConsent } from '@/db/care/consents';

/** A client asked for it here. */
export async function withdrawForClient(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const clientId = readText(form, 'who', 64);
  const kind = readText(form, 'kind', 20);
  const here = `/practice/clients/${encodeURIComponent(clientId)}/consents`;
  if (!isCareConsent(kind)) redirect(here);
  const done = await orDatabaseBusy(() => withdrawConsent(viewer, { kind, clientId }, { now: Date.now() }));
  if (done !== 'busy' && done.ok) redrawQuestions();
  redirect(done === 'busy' ? `${here}?flash=busy#flash` : done.ok ? `${here}?flash=withdrawn#flash` : here);
}

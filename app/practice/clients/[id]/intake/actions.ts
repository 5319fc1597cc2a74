'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { getPreviousScreen, isIntakeScreenId } from '@/components/health-form/health-form';
import {
  pickScreenAnswers,
  readScreenFormValues,
  type ScreenFormState,
} from '@/components/health-form/screen-form-data';
import { markAnswersDiscussed } from '@/db/care/client-health-status';
import { saveIntakeScreen } from '@/db/care/save-intake';

/** The same as a client's own link does, for a client who is at the practice. */
export async function saveHealthFormScreenOnSite(before: ScreenFormState, form: FormData): Promise<ScreenFormState> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const id = readText(form, 'who', 64);
  const [screen, then] = [readText(form, 'screen', 12), readText(form, 'then', 12)];
  const client = `/practice/clients/${encodeURIComponent(id)}`;
  if (!isIntakeScreenId(screen)) redirect(`${client}/intake`);
  const values = readScreenFormValues(form);
  const saved = await catchDatabaseBusy(() =>
    saveIntakeScreen(viewer, pickScreenAnswers(screen, values), { now: Date.now() }, id),
  );
  if (saved === 'busy') return { values, errors: {}, problem: 'busy', answer };
  if (then === 'later') redirect(client);
  if (then === 'back') redirect(`${client}/intake?step=${getPreviousScreen(screen)}`);
  if (saved.ok)
    redirect(saved.stop || saved.next === 'done' ? `${client}/intake` : `${client}/intake?step=${saved.next}`);
  if (saved.reason === 'invalid') {
    const errors = toFieldErrors(saved.issues);
    return { values, errors, problem: null, answer };
  }
  redirect(saved.reason === 'not_found' ? '/practice/clients?flash=gone#flash' : `${client}/intake`);
}

/** Records that the therapist has discussed the answers with the client. */
export async function markHealthAnswersDiscussed(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const clientId = readText(form, 'who', 64);
  const at = Number(readText(form, 'at', 16));
  const result = await catchDatabaseBusy(() => markAnswersDiscussed(viewer, { clientId, at }, { now: Date.now() }));
  const flash = result === 'busy' ? 'busy' : result.ok ? 'saved' : 'conflict';
  redirect(`/practice/clients/${encodeURIComponent(clientId)}?flash=${flash}#flash`);
}

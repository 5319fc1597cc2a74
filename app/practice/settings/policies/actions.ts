'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { changePolicies, getPolicyFormValues } from '@/db/practice/policies';
import { getPractice } from '@/db/practice/practice';

export interface PoliciesFormState {
  values: Record<string, string>;
  seen: string;
  errors: Record<string, string>;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

const FIELDS = [
  'cancelCutoffMinutes',
  'moveCutoffMinutes',
  'movesPerDate',
  'graceMinutes',
  'noShowWords',
  'noticeMinutes',
  'windowDays',
  'stepMinutes',
  'holdMinutes',
  'offerMinutes',
  'maxSessions',
];

export async function savePolicies(_before: PoliciesFormState, form: FormData): Promise<PoliciesFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = Object.fromEntries(FIELDS.map((name) => [name, readText(form, name, 2000)]));
  const seen = readText(form, 'seen', 8000);
  const saved = await catchDatabaseBusy(() => changePolicies(viewer, values, seen, { now: Date.now() }));
  if (saved === 'busy') return { values, seen, errors: {}, flash: 'busy' };
  if (saved.ok) {
    const now = getPolicyFormValues(await getPractice());
    return { values: now, seen: JSON.stringify(now), errors: {}, flash: 'saved' };
  }
  if (saved.reason === 'changed_since') return { values, seen, errors: {}, flash: 'changed_since' };
  const errors = toFieldErrors(saved.issues);
  return { values, seen, errors, flash: null };
}

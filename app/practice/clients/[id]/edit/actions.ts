'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { changeClient } from '@/db/people/change-client';

export interface ClientFormState {
  values: Record<string, string>;
  errors: Record<string, string>;
  problem: 'conflict' | 'exists' | 'busy' | null;
  /** Another client with this name and address, where the viewer may see them. */
  otherId: string | null;
  answer: number;
}

const FIELDS = [
  'name',
  'email',
  'phone',
  'language',
  'favouriteTherapistId',
  'tags',
  'alerts',
  'booking',
  'extraMinutes',
] as const;

export async function saveClient(before: ClientFormState, form: FormData): Promise<ClientFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { answer } = parseFormState(answerCountSchema.extend({ values: z.record(z.string(), z.string()) }), before);
  const values = Object.fromEntries(
    FIELDS.filter((name) => form.has(name)).map((name) => [name, readText(form, name, 6000)]),
  );
  const movesMail = form.get('movesMail') === 'yes';
  const endsLinks = form.get('endsLinks') === 'yes';
  const seen = { id: readText(form, 'id', 64), version: Number(readText(form, 'version', 12)) };
  const result = {
    values: { ...values, movesMail: movesMail ? 'yes' : '', endsLinks: endsLinks ? 'yes' : '' },
    errors: {},
    otherId: null,
    answer: answer + 1,
  };
  const request = { ...values, movesMail, endsLinks, ...seen };
  const outcome = await catchDatabaseBusy(() => changeClient(viewer, request, { now: Date.now() }));
  if (outcome === 'busy') return { ...result, problem: 'busy' };
  if (outcome.ok) redirect(`/practice/clients/${seen.id}?flash=saved#flash`);
  if (outcome.reason === 'invalid') {
    return { ...result, errors: toFieldErrors(outcome.issues), problem: null };
  }
  if (outcome.reason === 'exists') return { ...result, problem: 'exists', otherId: outcome.otherId };
  if (outcome.reason === 'conflict') return { ...result, problem: 'conflict' };
  redirect('/practice/clients?flash=gone#flash');
}

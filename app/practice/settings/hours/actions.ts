'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { requireFormData } from '@/app/form-data';
import { readDateDecisions } from '@/app/practice/date-decisions/date-decisions-form-data';
import { requireRole } from '@/auth';
import { saveHours } from '@/db/booking/save-hours';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { hoursSettingsHref, readHoursFormValues, toHoursChange } from './hours-form-values';

export async function saveHoursChange(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const fields = readHoursFormValues((name) => form.get(name));
  const change = toHoursChange(fields);
  if (!change) redirect('/practice/settings/hours');
  const seen = String(form.get('plan') ?? '').slice(0, 64);
  const decisions = readDateDecisions(form);
  const now = Date.now();
  const outcome = await catchDatabaseBusy(() =>
    saveHours(viewer, { change, seen, decisions }, { now, listSuited: makeListSuitedTherapists(now) }),
  );
  if (outcome === 'busy') redirect(`${hoursSettingsHref(fields, { flash: 'busy' })}#flash`);
  if (!outcome.ok) redirect(`${hoursSettingsHref(fields, { flash: outcome.reason })}#flash`);
  const { kept, moved, cancelled } = outcome;
  const result = new URLSearchParams({
    who: fields.who ?? '',
    flash: 'saved',
    kept: `${kept}`,
    moved: `${moved}`,
    cancelled: `${cancelled}`,
  });
  redirect(`/practice/settings/hours?${result}#flash`);
}

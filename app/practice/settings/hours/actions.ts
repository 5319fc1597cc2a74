'use server';

import { redirect } from 'next/navigation';
import { requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import { requireRole } from '@/auth';
import { type StrandedChoice, saveHours } from '@/db/booking/save-hours';
import { hoursSettingsHref, readHoursFormValues, toHoursChange } from './hours-form-values';

export async function save(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const fields = readHoursFormValues((name) => form.get(name));
  const change = toHoursChange(fields);
  if (!change) redirect('/practice/settings/hours');
  const seen = String(form.get('seen') ?? '').slice(0, 64);
  const choices = form.getAll('date').flatMap((value): StrandedChoice[] => {
    const [, uid, version] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(String(value)) ?? [];
    if (!uid) return [];
    return [{ uid, version: Number(version), ...choiceOf(String(form.get(`choice.${uid}`) ?? '')) }];
  });
  const done = await catchDatabaseBusy(() => saveHours(viewer, { change, seen, choices }, { now: Date.now() }));
  if (done === 'busy') redirect(`${hoursSettingsHref(fields, { flash: 'busy' })}#flash`);
  if (!done.ok) redirect(`${hoursSettingsHref(fields, { flash: done.reason })}#flash`);
  const { kept, moved, cancelled } = done;
  const told = new URLSearchParams({
    who: fields.who ?? '',
    flash: 'saved',
    kept: `${kept}`,
    moved: `${moved}`,
    cancelled: `${cancelled}`,
  });
  redirect(`/practice/settings/hours?${told}#flash`);
}

/** Whatever is not said clearly leaves the date as it is. */
function choiceOf(text: string) {
  const [, moveTo] = /^move\.(\d{1,14})$/.exec(text) ?? [];
  if (moveTo) return { choice: 'move' as const, moveTo: Number(moveTo) };
  return { choice: text === 'cancel' ? ('cancel' as const) : ('keep' as const) };
}

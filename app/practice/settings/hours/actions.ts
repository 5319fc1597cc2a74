'use server';

import { redirect } from 'next/navigation';
import { readForm } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { type StrandedChoice, saveHours } from '@/db/booking/save-hours';
import { changeOf, fieldsOf, hrefOf } from './hours-fields';

export async function save(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const fields = fieldsOf((name) => form.get(name));
  const change = changeOf(fields);
  if (!change) redirect('/practice/settings/hours');
  const seen = String(form.get('seen') ?? '').slice(0, 64);
  const choices = form.getAll('date').flatMap((value): StrandedChoice[] => {
    const [, uid, version] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(String(value)) ?? [];
    if (!uid) return [];
    return [{ uid, version: Number(version), ...choiceOf(String(form.get(`choice.${uid}`) ?? '')) }];
  });
  const done = await orDatabaseBusy(() => saveHours(viewer, { change, seen, choices }, { now: Date.now() }));
  if (done === 'busy') redirect(`${hrefOf(fields, { flash: 'busy' })}#flash`);
  if (!done.ok) redirect(`${hrefOf(fields, { flash: done.reason })}#flash`);
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

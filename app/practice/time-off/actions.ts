'use server';

import { redirect } from 'next/navigation';
import { readForm } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import type { Staff } from '@/db/access/viewer';
import { addTimeOff, removeTimeOff } from '@/db/booking/time-off';
import { getPractice } from '@/db/practice/practice';
import { listStaffChoices } from './staff-choices';
import { fieldsOf, hrefOf, isAnswered, requestOf } from './time-off-request';

export async function add(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { ids, options } = await listStaffChoices(viewer);
  const fields = fieldsOf((name) => form.get(name), options);
  // A crooked request must not take the time of whoever happens to be listed first.
  if (!isAnswered((name) => form.get(name), options)) redirect('/practice/time-off?flash=not_found');
  const { timeZone } = await getPractice();
  const request = requestOf(fields, timeZone, ids);
  if (!request) redirect('/practice/time-off');
  const cancelling = form.getAll('cancelling').flatMap((value) => {
    const [, uid, version] = /^([\w:-]{1,64})\.(\d{1,9})$/.exec(String(value)) ?? [];
    return uid ? [{ uid, version: Number(version) }] : [];
  });
  const flash = await orDatabaseBusy(async () => {
    const done = await addTimeOff(viewer, { ...request, cancelling }, { now: Date.now() });
    if (!done.ok) return done.reason;
    return done.cancelled.length > 0 ? 'off_and_cancelled' : 'off';
  });
  redirect(flash.startsWith('off') ? `/practice/time-off?flash=${flash}` : hrefOf(fields, flash));
}

export async function remove(form: FormData): Promise<void> {
  readForm(form);
  const viewer: Staff = await requireViewer('staff');
  const id = String(form.get('id') ?? '').slice(0, 64);
  const flash = await orDatabaseBusy(async () => {
    const done = await removeTimeOff(viewer, id, { now: Date.now() });
    return done.ok ? 'removed' : done.reason;
  });
  redirect(`/practice/time-off?flash=${flash}`);
}

'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { listStaffChoices } from '@/app/practice/time-off/staff-choices';
import { fieldsOf, hrefOf, isAnswered, requestOf } from '@/app/practice/time-off/time-off-request';
import { requireViewer } from '@/auth';
import { addTimeOff } from '@/db/booking/time-off';
import { getPractice } from '@/db/practice/practice';
import { toWall } from '@/scheduling/zone';

/**
 * Blocks time of one therapist on one day. Where somebody is booked then nothing is taken: the page of time off names
 * them, and asks what is to become of each.
 */
export async function block(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const back = readText(form, 'back', 500);
  const { ids } = await listStaffChoices(viewer);
  const lead = (flash: string): never => redirect(`/practice/calendar?${back}&flash=${flash}`);
  // A crooked request must not take the time of whoever happens to be listed first.
  if (!isAnswered((name) => form.get(name), ids)) return lead('not_blocked');
  const { timeZone } = await getPractice();
  const now = Date.now();
  const fields = fieldsOf((name) => form.get(name), ids, toWall(timeZone, now).on);
  const request = requestOf(fields, timeZone, ids);
  if (!request || fields.at === '' || fields.to === '') return lead('not_blocked');
  const done = await orDatabaseBusy(() => addTimeOff(viewer, request, { now }));
  if (done === 'busy') return lead('busy');
  if (done.ok) return lead('blocked');
  if (done.reason === 'booked') redirect(`${hrefOf(fields)}#booked-then`);
  return lead(done.reason === 'taken' ? 'block_taken' : 'not_blocked');
}

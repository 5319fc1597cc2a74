'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { listTherapistOptions } from '@/app/practice/time-off/therapist-options';
import {
  hasKnownWhoAndKind,
  needsTimeOffSpanChoice,
  readTimeOffFormValues,
  timeOffHref,
  toTimeOffRequest,
} from '@/app/practice/time-off/time-off-form-values';
import { requireRole } from '@/auth';
import { addTimeOff } from '@/db/booking/add-time-off';
import { getPractice } from '@/db/practice/practice';
import { toWallTime } from '@/scheduling/zone-conversion';

/**
 * Blocks time of one therapist. When it spans several days, the page of time off asks whether each day is meant. When
 * somebody is booked in it, nothing is blocked: the page of time off names them and asks what is to become of each
 * date.
 */
export async function blockTime(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const back = readText(form, 'back', 500);
  const { ids } = await listTherapistOptions(viewer);
  const lead = (flash: string): never => redirect(`/practice/calendar?${back}&flash=${flash}`);
  // A malformed request must not take the time of whoever happens to be listed first.
  if (!hasKnownWhoAndKind((name) => form.get(name), ids)) return lead('not_blocked');
  const { timeZone } = await getPractice();
  const now = Date.now();
  const fields = readTimeOffFormValues((name) => form.get(name), ids, toWallTime(timeZone, now).on);
  const request = toTimeOffRequest(fields, timeZone, ids);
  if (needsTimeOffSpanChoice(fields)) redirect(timeOffHref(fields));
  if (!request || fields.at === '' || fields.to === '') return lead('not_blocked');
  const result = await catchDatabaseBusy(() => addTimeOff(viewer, request, { now }));
  if (result === 'busy') return lead('busy');
  if (result.ok) return lead('blocked');
  if (result.reason === 'booked') redirect(`${timeOffHref(fields)}#booked-then`);
  return lead(result.reason === 'taken' ? 'block_taken' : 'not_blocked');
}

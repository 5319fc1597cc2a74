'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { releaseRebookingHold } from '@/db/booking/rebooking-holds';

/** Frees the time that is held for a client after their last date, so that anybody can book it. */
export async function freeHeldTime(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const clientId = readText(form, 'who', 64);
  const result = await catchDatabaseBusy(() => releaseRebookingHold(viewer, clientId, { now: Date.now() }));
  const flash = result === 'busy' ? 'busy' : result.ok ? 'held_freed' : 'conflict';
  redirect(`/practice/clients/${encodeURIComponent(clientId)}?flash=${flash}#flash`);
}

'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { releaseRebookingHold } from '@/db/booking/rebooking-holds';

/** What is held for a client after their last date may be booked by anybody again. */
export async function freeHeldTime(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const clientId = readText(form, 'who', 64);
  const done = await orDatabaseBusy(() => releaseRebookingHold(viewer, clientId, { now: Date.now() }));
  const flash = done === 'busy' ? 'busy' : done.ok ? 'held_freed' : 'conflict';
  redirect(`/practice/clients/${encodeURIComponent(clientId)}?flash=${flash}#flash`);
}

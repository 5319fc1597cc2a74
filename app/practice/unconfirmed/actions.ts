'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { approveRequest, cancelAllOfSender, confirmByStaff, declineRequest } from '@/db/booking/unconfirmed-bookings';
import { isBusy } from '@/db/connection/database-busy';
import { putClientLimits } from '@/db/practice/client-limits';

const HERE = '/practice/unconfirmed';

export async function confirm(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const done = await orDatabaseBusy(() => confirmByStaff(viewer, text(form, 'id'), Date.now()));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done ? 'confirmed' : 'gone'}#flash`);
}

export async function cancelAll(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const done = await orDatabaseBusy(() => cancelAllOfSender(viewer, text(form, 'sender'), Date.now()));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done > 0 ? 'cancelled' : 'gone'}#flash`);
}

export async function approve(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const done = await orDatabaseBusy(() => approveRequest(viewer, text(form, 'id'), Date.now()));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'approved' : done.reason}#flash`);
}

export async function decline(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const done = await orDatabaseBusy(() => declineRequest(viewer, text(form, 'id'), Date.now()));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done ? 'declined' : 'gone'}#flash`);
}

export interface LimitsState {
  typed: Record<string, string>;
  errors: Record<string, string>;
  flash: 'saved' | 'busy' | null;
}

export async function saveLimits(_before: LimitsState, form: FormData): Promise<LimitsState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value).slice(0, 40)]));
  try {
    const saved = await putClientLimits(viewer, typed, Date.now());
    if (saved.ok) return { typed, errors: {}, flash: 'saved' };
    return {
      typed,
      errors: Object.fromEntries(saved.issues.map((issue) => [issue.path[0], issue.message])),
      flash: null,
    };
  } catch (error) {
    if (!isBusy(error)) throw error;
    return { typed, errors: {}, flash: 'busy' };
  }
}

function asStaff(form: FormData) {
  readForm(form);
  return requireViewer('staff');
}

const text = (form: FormData, name: string) => readText(form, name, 100);

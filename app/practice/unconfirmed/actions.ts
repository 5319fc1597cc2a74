'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import {
  approveRequest,
  cancelUnconfirmedOfSender,
  confirmSeriesByStaff,
  declineRequest,
} from '@/db/booking/unconfirmed-bookings';
import { saveNewClientRules } from '@/db/practice/new-client-rules';

const PAGE_PATH = '/practice/unconfirmed';

export async function confirmBookingByStaff(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const result = await catchDatabaseBusy(() => confirmSeriesByStaff(viewer, text(form, 'id'), Date.now()));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'confirmed' : 'gone'}#flash`);
}

export async function cancelBookingsOfSender(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const result = await catchDatabaseBusy(() => cancelUnconfirmedOfSender(viewer, text(form, 'sender'), Date.now()));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result > 0 ? 'cancelled' : 'gone'}#flash`);
}

export async function approveBookingRequest(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const result = await catchDatabaseBusy(() => approveRequest(viewer, text(form, 'id'), Date.now()));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'approved' : result.reason}#flash`);
}

export async function declineBookingRequest(form: FormData): Promise<void> {
  const viewer = await asStaff(form);
  const result = await catchDatabaseBusy(() => declineRequest(viewer, text(form, 'id'), Date.now()));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'declined' : 'gone'}#flash`);
}

export interface NewClientLimitsFormState {
  values: Record<string, string>;
  errors: Record<string, string>;
  flash: 'saved' | 'busy' | null;
}

export async function saveNewClientLimits(
  _before: NewClientLimitsFormState,
  form: FormData,
): Promise<NewClientLimitsFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value).slice(0, 40)]));
  const saved = await catchDatabaseBusy(() => saveNewClientRules(viewer, values, Date.now()));
  if (saved === 'busy') return { values, errors: {}, flash: 'busy' };
  if (saved.ok) return { values, errors: {}, flash: 'saved' };
  return { values, errors: toFieldErrors(saved.issues), flash: null };
}

function asStaff(form: FormData) {
  requireFormData(form);
  return requireRole('staff');
}

const text = (form: FormData, name: string) => readText(form, name, 100);

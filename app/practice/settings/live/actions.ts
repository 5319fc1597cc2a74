'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { deleteTrialBookings, goLive } from '@/db/people/trial-bookings';

const PAGE_PATH = '/practice/settings/live';

export interface ClearTestBookingsFormState {
  problem: 'other_name' | 'busy' | null;
  answer: number;
}

export async function clearAllTestBookings(
  before: ClearTestBookingsFormState,
  form: FormData,
): Promise<ClearTestBookingsFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const request = { seen: readText(form, 'seen', 20_000), typedName: readText(form, 'name', 1000) };
  const result = await catchDatabaseBusy(() => deleteTrialBookings(viewer, request, { now: Date.now() }));
  if (result === 'busy') return { problem: 'busy', answer };
  if (result.ok) redirect(`${PAGE_PATH}?flash=cleared#flash`);
  if (result.reason === 'other_name') return { problem: 'other_name', answer };
  redirect(`${PAGE_PATH}?flash=${result.reason}#flash`);
}

export async function markPracticeLive(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => goLive(viewer, { now: Date.now() }));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : 'live'}#flash`);
}

'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { deleteCalendarImport, setCalendarImport } from '@/db/calendars/calendar-import';
import { changeFeedDetail, makeFeed, removeFeed } from '@/db/calendars/feeds';

export async function createCalendarFeed(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  backTo(await catchDatabaseBusy(() => makeFeed(viewer, roomIn(form), { now: Date.now() })), 'made', form);
}

export async function updateCalendarFeed(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const request = { roomId: roomIn(form), detail: readText(form, 'detail', 20) };
  backTo(await catchDatabaseBusy(() => changeFeedDetail(viewer, request, { now: Date.now() })), 'changed', form);
}

export async function deleteCalendarFeed(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  backTo(await catchDatabaseBusy(() => removeFeed(viewer, roomIn(form), { now: Date.now() })), 'removed', form);
}

export interface CalendarImportFormState {
  values: string;
  error: string | null;
  problem: 'busy' | 'not_found' | null;
}

/** Saves a therapist's own calendar from elsewhere; nobody can book during its busy times. */
export async function saveCalendarImport(
  _before: CalendarImportFormState,
  form: FormData,
): Promise<CalendarImportFormState> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  const values = readText(form, 'address', 3_000);
  const result = await catchDatabaseBusy(() => setCalendarImport(viewer, values, { now: Date.now() }));
  if (result === 'busy') return { values, error: null, problem: 'busy' };
  if (result.ok) redirect('/practice/calendars?flash=kept_free#flash');
  if (result.reason === 'invalid') return { values, error: result.issues[0]?.message ?? null, problem: null };
  return { values, error: null, problem: 'not_found' };
}

export async function removeCalendarImport(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('practitioner');
  backTo(await catchDatabaseBusy(() => deleteCalendarImport(viewer, { now: Date.now() })), 'not_kept_free', form);
}

function roomIn(form: FormData): string | undefined {
  return readText(form, 'room', 64) || undefined;
}

function backTo(result: 'busy' | { ok: boolean }, flash: string, form: FormData): never {
  const params = new URLSearchParams({ flash: result === 'busy' ? 'busy' : result.ok ? flash : 'gone' });
  const room = roomIn(form);
  if (room) params.set('room', room);
  redirect(`/practice/calendars?${params}#flash`);
}

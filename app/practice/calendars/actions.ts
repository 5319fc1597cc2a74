'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { removeImport, setImport } from '@/db/calendars/calendar-import';
import { changeFeed, makeFeed, removeFeed } from '@/db/calendars/feeds';

export async function make(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  backTo(await orDatabaseBusy(() => makeFeed(viewer, roomIn(form), { now: Date.now() })), 'made', form);
}

export async function change(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const asked = { roomId: roomIn(form), detail: readText(form, 'detail', 20) };
  backTo(await orDatabaseBusy(() => changeFeed(viewer, asked, { now: Date.now() })), 'changed', form);
}

export async function remove(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  backTo(await orDatabaseBusy(() => removeFeed(viewer, roomIn(form), { now: Date.now() })), 'removed', form);
}

export interface ImportState {
  typed: string;
  error: string | null;
  problem: 'busy' | 'not_found' | null;
}

/** A calendar elsewhere, in whose busy times nobody can book. */
export async function keepFree(_before: ImportState, form: FormData): Promise<ImportState> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const typed = readText(form, 'address', 3_000);
  const done = await orDatabaseBusy(() => setImport(viewer, typed, { now: Date.now() }));
  if (done === 'busy') return { typed, error: null, problem: 'busy' };
  if (done.ok) redirect('/practice/calendars?flash=kept_free#flash');
  if (done.reason === 'invalid') return { typed, error: done.issues[0]?.message ?? null, problem: null };
  return { typed, error: null, problem: 'not_found' };
}

export async function stopKeepingFree(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  backTo(await orDatabaseBusy(() => removeImport(viewer, { now: Date.now() })), 'not_kept_free', form);
}

function roomIn(form: FormData): string | undefined {
  return readText(form, 'room', 64) || undefined;
}

function backTo(done: 'busy' | { ok: boolean }, flash: string, form: FormData): never {
  const said = new URLSearchParams({ flash: done === 'busy' ? 'busy' : done.ok ? flash : 'gone' });
  const room = roomIn(form);
  if (room) said.set('room', room);
  redirect(`/practice/calendars?${said}#flash`);
}

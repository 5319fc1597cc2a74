'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
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

function roomIn(form: FormData): string | undefined {
  return readText(form, 'room', 64) || undefined;
}

function backTo(done: 'busy' | { ok: boolean }, flash: string, form: FormData): never {
  const said = new URLSearchParams({ flash: done === 'busy' ? 'busy' : done.ok ? flash : 'gone' });
  const room = roomIn(form);
  if (room) said.set('room', room);
  redirect(`/practice/calendars?${said}#flash`);
}

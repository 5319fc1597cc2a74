'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { askAgain, type DecisionState, readDecision, readTexts } from '@/app/practice/settings/decisions';
import { requireViewer } from '@/auth';
import { bringBackRoom, deleteRoom, moveRoomInOrder, type RoomForm, retireRoom, saveRoom } from '@/db/offer/rooms';
import { getPractice } from '@/db/practice/practice';

const HERE = '/practice/settings/rooms';

export interface RoomState extends DecisionState {
  typed: RoomForm;
  error: string | null;
}

export async function save(_before: RoomState, form: FormData): Promise<RoomState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = { name: readText(form, 'name', 1000), serviceIds: readTexts(form, 'service', 64) };
  const answer = { typed, error: null, problem: null, dates: null };
  const id = readText(form, 'id', 64) || null;
  const asked = { id, mark: readText(form, 'mark', 40), form: typed, decision: readDecision(form) };
  const saved = await orDatabaseBusy(() => saveRoom(viewer, asked, { now: Date.now() }));
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) redirect(`${HERE}?flash=saved`);
  if (saved.reason === 'stranded') return { ...answer, ...askAgain(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, error: saved.issues[0]?.message ?? null };
}

export async function retire(_before: DecisionState, form: FormData): Promise<DecisionState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() =>
    retireRoom(viewer, readText(form, 'id', 64), readDecision(form), { now: Date.now() }),
  );
  if (done === 'busy') return { problem: 'busy', dates: null };
  if (done.ok) redirect(`${HERE}?flash=retired`);
  return done.reason === 'stranded'
    ? askAgain(done.dates, form, await getPractice())
    : { problem: done.reason, dates: null };
}

export async function bringBack(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => bringBackRoom(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done ? 'back' : 'gone'}`);
}

export async function step(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const by = form.get('step') === '-1' ? -1 : 1;
  const done = await orDatabaseBusy(() => moveRoomInOrder(viewer, readText(form, 'id', 64), by, { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done ? 'ordered' : 'gone'}`);
}

export async function remove(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => deleteRoom(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(
    `${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'deleted' : done.reason === 'used' ? 'used' : 'gone'}`,
  );
}

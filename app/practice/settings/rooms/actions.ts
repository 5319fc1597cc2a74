'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { retireByForm } from '@/app/practice/settings/retire-by-form';
import {
  readStrandedDecision,
  readTextValues,
  type StrandedDatesFormState,
  toStrandedDatesFormState,
} from '@/app/practice/settings/stranded-decisions-form-data';
import { requireRole } from '@/auth';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { bringBackRoom, deleteRoom, moveRoomInOrder, type RoomForm, retireRoom, saveRoom } from '@/db/offer/rooms';
import { getPractice } from '@/db/practice/practice';

const PAGE_PATH = '/practice/settings/rooms';

export interface RoomFormState extends StrandedDatesFormState {
  values: RoomForm;
  error: string | null;
}

export async function saveRoomForm(_before: RoomFormState, form: FormData): Promise<RoomFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = { name: readText(form, 'name', 1000), serviceIds: readTextValues(form, 'service', 64) };
  const answer = { values, error: null, problem: null, dates: null };
  const id = readText(form, 'id', 64) || null;
  const request = { id, mark: readText(form, 'mark', 40), form: values, decision: readStrandedDecision(form) };
  const now = Date.now();
  const saved = await catchDatabaseBusy(() =>
    saveRoom(viewer, request, { now, listSuited: makeListSuitedTherapists(now) }),
  );
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) redirect(`${PAGE_PATH}?flash=saved`);
  if (saved.reason === 'stranded')
    return { ...answer, ...toStrandedDatesFormState(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, error: saved.issues[0]?.message ?? null };
}

export async function stopUsingRoom(_before: StrandedDatesFormState, form: FormData): Promise<StrandedDatesFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const state = await retireByForm(form, (...request) => retireRoom(viewer, ...request));
  return state ?? redirect(`${PAGE_PATH}?flash=retired`);
}

export async function bringBackRetiredRoom(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => bringBackRoom(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'back' : 'gone'}`);
}

export async function moveRoomUpOrDown(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const by = form.get('step') === '-1' ? -1 : 1;
  const result = await catchDatabaseBusy(() =>
    moveRoomInOrder(viewer, readText(form, 'id', 64), by, { now: Date.now() }),
  );
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'ordered' : 'gone'}`);
}

export async function removeRoomFromPractice(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => deleteRoom(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(
    `${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'deleted' : result.reason === 'used' ? 'used' : 'gone'}`,
  );
}

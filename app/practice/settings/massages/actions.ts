'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrorsByPath } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { retireByForm } from '@/app/practice/settings/retire-by-form';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import {
  readStrandedDecision,
  readTextValues,
  type StrandedDatesFormState,
  toStrandedDatesFormState,
} from '@/app/practice/settings/stranded-decisions-form-data';
import { requireRole } from '@/auth';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import type { MassageForm } from '@/db/offer/massage-form';
import { bringBackMassage, deleteMassage, moveMassageInOrder, retireMassage, saveMassage } from '@/db/offer/massages';
import { getPractice } from '@/db/practice/practice';

const PAGE_PATH = '/practice/settings/massages';

function backToList(flash: string): never {
  revalidateQuestionPages();
  redirect(`${PAGE_PATH}?flash=${flash}`);
}

export interface MassageFormState extends StrandedDatesFormState {
  values: MassageForm;
  errors: Record<string, string>;
}

export async function saveMassageForm(_before: MassageFormState, form: FormData): Promise<MassageFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = readMassageValues(form);
  const answer = { values, errors: {}, problem: null, dates: null };
  if (form.get('more') !== null) {
    // Adds two empty rows, by the same button with and without script.
    const lengths = [...values.lengths, { minutes: '', price: '' }, { minutes: '', price: '' }];
    return { ...answer, values: { ...values, lengths } };
  }
  const id = readText(form, 'id', 64) || null;
  const request = { id, mark: readText(form, 'mark', 40), form: values, decision: readStrandedDecision(form) };
  const now = Date.now();
  const saved = await catchDatabaseBusy(() =>
    saveMassage(viewer, request, { now, listSuited: makeListSuitedTherapists(now) }),
  );
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) backToList('saved');
  if (saved.reason === 'stranded')
    return { ...answer, ...toStrandedDatesFormState(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, errors: toFieldErrorsByPath(saved.issues) };
}

export async function stopOfferingMassage(
  _before: StrandedDatesFormState,
  form: FormData,
): Promise<StrandedDatesFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const state = await retireByForm(form, (...request) => retireMassage(viewer, ...request));
  return state ?? backToList('retired');
}

export async function bringBackRetiredMassage(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => bringBackMassage(viewer, readText(form, 'id', 64), { now: Date.now() }));
  backToList(result === 'busy' ? 'busy' : result ? 'back' : 'gone');
}

export async function moveMassageUpOrDown(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const by = form.get('step') === '-1' ? -1 : 1;
  const result = await catchDatabaseBusy(() =>
    moveMassageInOrder(viewer, readText(form, 'id', 64), by, { now: Date.now() }),
  );
  backToList(result === 'busy' ? 'busy' : result ? 'ordered' : 'gone');
}

export async function removeMassageFromOffer(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => deleteMassage(viewer, readText(form, 'id', 64), { now: Date.now() }));
  backToList(result === 'busy' ? 'busy' : result.ok ? 'deleted' : result.reason === 'used' ? 'used' : 'gone');
}

function readMassageValues(form: FormData): MassageForm {
  const text = (name: string) => readText(form, name, 1000);
  const prices = readTextValues(form, 'price', 20);
  return {
    name: text('name'),
    summary: text('summary'),
    suits: text('suits'),
    pressure: text('pressure'),
    setupMinutes: text('setupMinutes'),
    cleanupMinutes: text('cleanupMinutes'),
    booking: text('booking'),
    noticeHours: text('noticeHours'),
    windowDays: text('windowDays'),
    latestStart: text('latestStart'),
    lengths: readTextValues(form, 'minutes', 10)
      .slice(0, 40)
      .map((minutes, at) => ({ minutes, price: prices[at] ?? '' })),
    therapistIds: readTextValues(form, 'therapist', 64),
    roomIds: readTextValues(form, 'room', 64),
  };
}

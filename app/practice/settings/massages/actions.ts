'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { askAgain, type DecisionState, readDecision, readTexts } from '@/app/practice/settings/decisions';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { requireViewer } from '@/auth';
import type { MassageForm } from '@/db/offer/massage-form';
import { bringBackMassage, deleteMassage, moveMassageInOrder, retireMassage, saveMassage } from '@/db/offer/massages';
import { getPractice } from '@/db/practice/practice';

const HERE = '/practice/settings/massages';

function backToList(flash: string): never {
  redrawQuestions();
  redirect(`${HERE}?flash=${flash}`);
}

export interface MassageState extends DecisionState {
  typed: MassageForm;
  errors: Record<string, string>;
}

export async function save(_before: MassageState, form: FormData): Promise<MassageState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = typedIn(form);
  const answer = { typed, errors: {}, problem: null, dates: null };
  if (form.get('more') !== null) {
    // Two rows more to fill in: with and without script it is the same press.
    const lengths = [...typed.lengths, { minutes: '', price: '' }, { minutes: '', price: '' }];
    return { ...answer, typed: { ...typed, lengths } };
  }
  const id = readText(form, 'id', 64) || null;
  const asked = { id, mark: readText(form, 'mark', 40), form: typed, decision: readDecision(form) };
  const saved = await orDatabaseBusy(() => saveMassage(viewer, asked, { now: Date.now() }));
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) backToList('saved');
  if (saved.reason === 'stranded') return { ...answer, ...askAgain(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, errors: Object.fromEntries(saved.issues.map(({ path, message }) => [path.join('.'), message])) };
}

export async function retire(_before: DecisionState, form: FormData): Promise<DecisionState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() =>
    retireMassage(viewer, readText(form, 'id', 64), readDecision(form), { now: Date.now() }),
  );
  if (done === 'busy') return { problem: 'busy', dates: null };
  if (done.ok) backToList('retired');
  return done.reason === 'stranded'
    ? askAgain(done.dates, form, await getPractice())
    : { problem: done.reason, dates: null };
}

export async function bringBack(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => bringBackMassage(viewer, readText(form, 'id', 64), { now: Date.now() }));
  backToList(done === 'busy' ? 'busy' : done ? 'back' : 'gone');
}

export async function step(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const by = form.get('step') === '-1' ? -1 : 1;
  const done = await orDatabaseBusy(() =>
    moveMassageInOrder(viewer, readText(form, 'id', 64), by, { now: Date.now() }),
  );
  backToList(done === 'busy' ? 'busy' : done ? 'ordered' : 'gone');
}

export async function remove(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => deleteMassage(viewer, readText(form, 'id', 64), { now: Date.now() }));
  backToList(done === 'busy' ? 'busy' : done.ok ? 'deleted' : done.reason === 'used' ? 'used' : 'gone');
}

function typedIn(form: FormData): MassageForm {
  const text = (name: string) => readText(form, name, 1000);
  const prices = readTexts(form, 'price', 20);
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
    lengths: readTexts(form, 'minutes', 10)
      .slice(0, 40)
      .map((minutes, at) => ({ minutes, price: prices[at] ?? '' })),
    therapistIds: readTexts(form, 'therapist', 64),
    roomIds: readTexts(form, 'room', 64),
  };
}

'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { askAgain, type DecisionState, readDecision, readTexts } from '@/app/practice/settings/decisions';
import { askToSignIn, requireViewer } from '@/auth';
import { addMember, bringBackMember, removeMember, saveMember } from '@/db/offer/team';
import type { TeamMemberForm } from '@/db/offer/team-member';
import { getPractice } from '@/db/practice/practice';

const HERE = '/practice/settings/team';

export interface AddState {
  typed: { name: string; email: string; role: string };
  errors: Record<string, string>;
  isBusy: boolean;
}

export interface MemberState extends DecisionState {
  typed: TeamMemberForm;
  errors: Record<string, string>;
}

/** Makes somebody a member of the team, and sends the sign-in link that is their invitation. */
export async function add(_before: AddState, form: FormData): Promise<AddState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = {
    name: readText(form, 'name', 1000),
    email: readText(form, 'email', 1000),
    role: readText(form, 'role'),
  };
  const made = await orDatabaseBusy(async () => {
    const added = await addMember(viewer, typed, { now: Date.now() });
    if (added.ok) await askToSignIn(added.email, '/practice/calendar');
    return added;
  });
  if (made === 'busy') return { typed, errors: {}, isBusy: true };
  if (!made.ok) return { typed, errors: errorsOf(made.issues), isBusy: false };
  redirect(`${HERE}/${made.id}?flash=added`);
}

export async function save(_before: MemberState, form: FormData): Promise<MemberState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const typed = typedIn(form);
  const answer = { typed, errors: {}, problem: null, dates: null };
  const id = readText(form, 'id', 64);
  const asked = { id, mark: readText(form, 'mark', 40), form: typed, decision: readDecision(form) };
  const saved = await orDatabaseBusy(() => saveMember(viewer, asked, { now: Date.now() }));
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) redirect(`${HERE}?flash=saved`);
  if (saved.reason === 'stranded') return { ...answer, ...askAgain(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, errors: errorsOf(saved.issues) };
}

export async function leave(_before: DecisionState, form: FormData): Promise<DecisionState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() =>
    removeMember(viewer, readText(form, 'id', 64), readDecision(form), { now: Date.now() }),
  );
  if (done === 'busy') return { problem: 'busy', dates: null };
  if (done.ok) redirect(`${HERE}?flash=left`);
  return done.reason === 'stranded'
    ? askAgain(done.dates, form, await getPractice())
    : { problem: done.reason, dates: null };
}

export async function bringBack(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => bringBackMember(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done ? 'back' : 'gone'}`);
}

/** Writes the sign-in link anew: the one of the invitation is good for an hour. */
export async function invite(form: FormData): Promise<void> {
  readForm(form);
  await requireViewer('owner');
  const id = readText(form, 'id', 64);
  const sent = await orDatabaseBusy(() => askToSignIn(readText(form, 'email', 300), '/practice/calendar'));
  redirect(`${HERE}/${id}?flash=${sent === 'busy' ? 'busy' : 'invited'}`);
}

function errorsOf(issues: { path: (string | number)[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

function typedIn(form: FormData): TeamMemberForm {
  const text = (name: string) => readText(form, name, 1000);
  const prices = [...form.keys()].filter((name) => name.startsWith('price-')).slice(0, 500);
  return {
    name: text('name'),
    role: text('role'),
    givesMassages: form.get('gives') !== null,
    about: text('about'),
    colour: text('colour'),
    trainedForPregnancy: form.get('pregnancy') !== null,
    serviceIds: readTexts(form, 'service', 64),
    prices: Object.fromEntries(prices.map((name) => [name.slice('price-'.length), readText(form, name, 20)])),
    capDayMinutes: text('capDayMinutes'),
    capWeekMinutes: text('capWeekMinutes'),
    capDeepDayMinutes: text('capDeepDayMinutes'),
    capDeepWeekMinutes: text('capDeepWeekMinutes'),
  };
}

'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrorsByPath } from '@/app/field-errors';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { retireByForm } from '@/app/practice/settings/retire-by-form';
import {
  readStrandedDecision,
  readTextValues,
  type StrandedDatesFormState,
  toStrandedDatesFormState,
} from '@/app/practice/settings/stranded-decisions-form-data';
import { requireRole } from '@/auth';
import type { Owner } from '@/db/access/viewer';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { correctAddress } from '@/db/messages/address-change';
import { addMember, bringBackMember, listTeam, removeMember, saveMember } from '@/db/offer/team';
import type { TeamMemberFormInput } from '@/db/offer/team-member-schema';
import { getEditableHours } from '@/db/practice/hours-plan';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { toWallTime } from '@/scheduling/zone-conversion';
import { makeFirstSignInLink, requestSignInLink } from '@/sign-in-links';

const PAGE_PATH = '/practice/settings/team';

export interface AddMemberFormState {
  values: { name: string; email: string; role: string };
  errors: Record<string, string>;
  isBusy: boolean;
}

export interface MemberFormState extends StrandedDatesFormState {
  values: TeamMemberFormInput;
  errors: Record<string, string>;
}

/** Adds somebody to the team, and sends the sign-in link that is their invitation. */
export async function addTeamMember(_before: AddMemberFormState, form: FormData): Promise<AddMemberFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = {
    name: readText(form, 'name', 1000),
    email: readText(form, 'email', 1000),
    role: readText(form, 'role'),
  };
  const result = await catchDatabaseBusy(() => addMember(viewer, values, { now: Date.now() }));
  if (result === 'busy') return { values, errors: {}, isBusy: true };
  if (!result.ok) return { values, errors: toFieldErrorsByPath(result.issues), isBusy: false };
  redirect(`${PAGE_PATH}/${result.id}?flash=${(await sendInvitation(result.email)) ? 'added' : 'added_unsent'}`);
}

/** Queues the link that is somebody's invitation. False when it could not be queued: what was saved before it stays. */
async function sendInvitation(email: string): Promise<boolean> {
  // Without a mail server the owner is shown the link, when they ask for it.
  if (!isMailEnabled()) return true;
  return (await catchDatabaseBusy(() => requestSignInLink(email, '/practice/calendar'))) !== 'busy';
}

export async function saveTeamMember(_before: MemberFormState, form: FormData): Promise<MemberFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = readMemberValues(form);
  const answer = { values, errors: {}, problem: null, dates: null };
  const id = readText(form, 'id', 64);
  const request = { id, mark: readText(form, 'mark', 40), form: values, decision: readStrandedDecision(form) };
  const now = Date.now();
  const saved = await catchDatabaseBusy(() =>
    saveMember(viewer, request, { now, listSuited: makeListSuitedTherapists(now) }),
  );
  if (saved === 'busy') return { ...answer, problem: 'busy' };
  if (saved.ok) redirect((await hrefToFirstHours(viewer, id, now)) ?? `${PAGE_PATH}?flash=saved`);
  if (saved.reason === 'stranded')
    return { ...answer, ...toStrandedDatesFormState(saved.dates, form, await getPractice()) };
  if (saved.reason !== 'invalid') return { ...answer, problem: saved.reason };
  return { ...answer, errors: toFieldErrorsByPath(saved.issues) };
}

/** Where to set the hours of a therapist who has none: until then nobody can book them. */
async function hrefToFirstHours(viewer: Owner, id: string, now: number): Promise<string | null> {
  const member = (await listTeam(viewer)).find((one) => one.id === id);
  if (!member?.givesMassages || member.therapistId === null) return null;
  const { timeZone } = await getPractice();
  const plan = await getEditableHours(viewer, member.therapistId, toWallTime(timeZone, now).on);
  const hasHours = plan?.sets.some(({ week }) => Object.values(week).some((ranges) => ranges.length > 0));
  if (!plan || hasHours || plan.days.length > 0) return null;
  return `/practice/settings/hours?who=${encodeURIComponent(member.therapistId)}&flash=first`;
}

export async function removeTeamMember(
  _before: StrandedDatesFormState,
  form: FormData,
): Promise<StrandedDatesFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const state = await retireByForm(form, (...request) => removeMember(viewer, ...request));
  return state ?? redirect(`${PAGE_PATH}?flash=left`);
}

export async function bringBackTeamMember(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => bringBackMember(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result ? 'back' : 'gone'}`);
}

export interface SignInLinkState {
  /** Shown only once: the link is in this answer, and on no page that can be opened again. */
  link: string | null;
  problem: 'busy' | 'refused' | null;
  answer: number;
}

export async function showFirstSignInLink(before: SignInLinkState, form: FormData): Promise<SignInLinkState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const link = await catchDatabaseBusy(() => makeFirstSignInLink(viewer, readText(form, 'id', 64)));
  if (link === 'busy') return { link: null, problem: 'busy', answer };
  return { link, problem: link === null ? 'refused' : null, answer };
}

export interface CorrectAddressFormState {
  email: string;
  error: string | null;
  problem: 'busy' | 'signed_in' | 'not_found' | null;
}

/** Corrects a colleague's address before they have signed in, and sends the link that is their invitation there. */
export async function correctMemberAddress(
  _before: CorrectAddressFormState,
  form: FormData,
): Promise<CorrectAddressFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const userId = readText(form, 'id', 64);
  const email = readText(form, 'email', 1000);
  const result = await catchDatabaseBusy(() => correctAddress(viewer, { userId, email }, { now: Date.now() }));
  if (result === 'busy') return { email, error: null, problem: 'busy' };
  if (result.ok)
    redirect(`${PAGE_PATH}/${userId}?flash=${(await sendInvitation(result.email)) ? 'corrected' : 'corrected_unsent'}`);
  if (result.reason !== 'invalid') return { email, error: null, problem: result.reason };
  return { email, error: result.issues[0]?.message ?? null, problem: null };
}

/** Sends a new sign-in link, because the invitation's link is valid for an hour. */
export async function resendInvitation(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const id = readText(form, 'id', 64);
  const sent = await catchDatabaseBusy(async () => {
    const member = (await listTeam(viewer)).find((one) => one.id === id && one.role !== null);
    if (member) await requestSignInLink(member.email, '/practice/calendar');
  });
  redirect(`${PAGE_PATH}/${id}?flash=${sent === 'busy' ? 'busy' : 'invited'}`);
}

function readMemberValues(form: FormData): TeamMemberFormInput {
  const text = (name: string) => readText(form, name, 1000);
  const prices = [...form.keys()].filter((name) => name.startsWith('price-')).slice(0, 500);
  return {
    name: text('name'),
    role: text('role'),
    givesMassages: form.get('gives') !== null,
    about: text('about'),
    colour: text('colour'),
    trainedForPregnancy: form.get('pregnancy') !== null,
    serviceIds: readTextValues(form, 'service', 64),
    prices: Object.fromEntries(prices.map((name) => [name.slice('price-'.length), readText(form, name, 20)])),
    capDayMinutes: text('capDayMinutes'),
    capWeekMinutes: text('capWeekMinutes'),
    capDeepDayMinutes: text('capDeepDayMinutes'),
    capDeepWeekMinutes: text('capDeepWeekMinutes'),
  };
}

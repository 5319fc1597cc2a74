'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { readWaitlistForm, toWaitlistFormErrors } from '@/app/read-waitlist-form';
import { requireRole } from '@/auth';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { withdrawOffer } from '@/db/waitlist/decline-offer';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import {
  answerOfferAsStaff,
  confirmEntryAsStaff,
  offerByHand,
  removeWaitlistEntryAsStaff,
} from '@/db/waitlist/staff-waitlist-actions';
import { isMailEnabled } from '@/mail/is-mail-enabled';

const PAGE_PATH = '/practice/waitlist';

/** Adds a caller to the waiting list. */
export async function addCallerToWaitlist(before: WaitlistFormState, form: FormData): Promise<WaitlistFormState> {
  const { values, request, answer } = readWaitlistForm(before, form);
  const viewer = await requireRole('staff');
  const clientId = readText(form, 'clientId', 64);
  const { name, email, phone } = values;
  const who = clientId === '' ? { name, email, phone } : { id: clientId };
  const result = await catchDatabaseBusy(() =>
    joinWaitlist(viewer, request, who, { now: Date.now(), mustHavePhone: !isMailEnabled() }),
  );
  if (result === 'busy') return answer({ problem: 'busy' });
  if (!result.ok)
    return result.reason === 'invalid'
      ? answer({ errors: toWaitlistFormErrors(result) })
      : answer({ problem: result.reason });
  redirect(`${PAGE_PATH}?flash=added#flash`);
}

export async function offerTimeToWaitingClient(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const viewer = await requireRole('staff');
  const entryId = readText(form, 'id', 64);
  const [therapistId = '', start = ''] = readText(form, 'plan', 100).split(' ');
  const request = { entryId, therapistId, firstStartAt: Number(start) };
  const now = Date.now();
  const isAcknowledged = readText(form, 'meant', 64) === therapistId;
  const clock = { now, ...(!isAcknowledged && { listSuited: makeListSuitedTherapists(now) }) };
  const result = await catchDatabaseBusy(() => offerByHand(viewer, request, clock));
  if (result === 'busy') redirect(`${PAGE_PATH}?flash=busy#flash`);
  if (result.ok) redirect(`${PAGE_PATH}?flash=offered#flash`);
  const again = new URLSearchParams({ flash: result.reason, plan: `${therapistId} ${start}` });
  redirect(`${PAGE_PATH}/${encodeURIComponent(entryId)}?${again}#flash`);
}

export async function recordOfferAnswer(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const viewer = await requireRole('staff');
  const answer = readText(form, 'answer', 8) === 'yes' ? ('yes' as const) : ('no' as const);
  const request = { entryId: readText(form, 'id', 64), offerId: readText(form, 'offer', 64), answer };
  const result = await catchDatabaseBusy(() => answerOfferAsStaff(viewer, request, { now: Date.now() }));
  const flash = result === 'busy' ? 'busy' : result.ok ? (answer === 'yes' ? 'booked' : 'declined') : result.reason;
  redirect(`${PAGE_PATH}?flash=${flash}#flash`);
}

/** Withdraws an open offer. */
export async function withdrawWaitlistOffer(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const viewer = await requireRole('staff');
  const result = await catchDatabaseBusy(() => withdrawOffer(viewer, readText(form, 'offer', 64), { now: Date.now() }));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'taken_back' : 'gone'}#flash`);
}

/** Confirms an entry for somebody who asked online but has not pressed the link in their e-mail. */
export async function confirmWaitlistEntry(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const viewer = await requireRole('staff');
  const result = await catchDatabaseBusy(() =>
    confirmEntryAsStaff(viewer, readText(form, 'id', 64), { now: Date.now() }),
  );
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'confirmed' : 'gone'}#flash`);
}

export async function removeWaitlistEntry(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const viewer = await requireRole('staff');
  const result = await catchDatabaseBusy(() =>
    removeWaitlistEntryAsStaff(viewer, readText(form, 'id', 64), { now: Date.now() }),
  );
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'removed' : 'gone'}#flash`);
}

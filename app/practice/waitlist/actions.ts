'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { errorsOf, readJoinRequest } from '@/app/waitlist-form-data';
import { requireViewer } from '@/auth';
import type { WaitState } from '@/components/waitlist/wait-state';
import { isBusy } from '@/db/connection/database-busy';
import { takeBackOffer } from '@/db/waitlist/decline-offer';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { answerByPhone, confirmByPhone, offerByHand, removeEntry } from '@/db/waitlist/offer-by-hand';

const HERE = '/practice/waitlist';

/** Staff note what a caller waits for. */
export async function addForCaller(before: WaitState, form: FormData): Promise<WaitState> {
  const { typed, request, answer } = readJoinRequest(before, form);
  const viewer = await requireViewer('staff');
  const clientId = readText(form, 'clientId', 64);
  const { name, email, phone } = typed;
  const who = clientId === '' ? { name, email, phone } : { id: clientId };
  try {
    const result = await joinWaitlist(viewer, request, who, { now: Date.now() });
    if (!result.ok)
      return result.reason === 'invalid' ? answer({ errors: errorsOf(result) }) : answer({ problem: result.reason });
  } catch (error) {
    if (isBusy(error)) return answer({ problem: 'busy' });
    throw error;
  }
  redirect(`${HERE}?flash=added#flash`);
}

export async function offer(given: FormData): Promise<void> {
  const form = readForm(given);
  const viewer = await requireViewer('staff');
  const entryId = readText(form, 'id', 64);
  const [therapistId = '', start = ''] = readText(form, 'plan', 100).split(' ');
  const request = { entryId, therapistId, firstStartAt: Number(start) };
  const done = await orDatabaseBusy(() => offerByHand(viewer, request, { now: Date.now() }));
  if (done === 'busy') redirect(`${HERE}?flash=busy#flash`);
  redirect(done.ok ? `${HERE}?flash=offered#flash` : `${HERE}/${encodeURIComponent(entryId)}?flash=taken#flash`);
}

export async function answerOffer(given: FormData): Promise<void> {
  const form = readForm(given);
  const viewer = await requireViewer('staff');
  const answer = readText(form, 'answer', 8) === 'yes' ? ('yes' as const) : ('no' as const);
  const request = { entryId: readText(form, 'id', 64), offerId: readText(form, 'offer', 64), answer };
  const done = await orDatabaseBusy(() => answerByPhone(viewer, request, { now: Date.now() }));
  const flash = done === 'busy' ? 'busy' : done.ok ? (answer === 'yes' ? 'booked' : 'declined') : done.reason;
  redirect(`${HERE}?flash=${flash}#flash`);
}

/** An open offer is offered no more. */
export async function takeBack(given: FormData): Promise<void> {
  const form = readForm(given);
  const viewer = await requireViewer('staff');
  const done = await orDatabaseBusy(() => takeBackOffer(viewer, readText(form, 'offer', 64), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'taken_back' : 'gone'}#flash`);
}

/** For somebody who asked online and has not pressed the link in their e-mail. */
export async function confirm(given: FormData): Promise<void> {
  const form = readForm(given);
  const viewer = await requireViewer('staff');
  const done = await orDatabaseBusy(() => confirmByPhone(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'confirmed' : 'gone'}#flash`);
}

export async function remove(given: FormData): Promise<void> {
  const form = readForm(given);
  const viewer = await requireViewer('staff');
  const done = await orDatabaseBusy(() => removeEntry(viewer, readText(form, 'id', 64), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'removed' : 'gone'}#flash`);
}

'use server';

import { redirect } from 'next/navigation';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { clearTestBookings, goLive } from '@/db/people/trial-bookings';

const HERE = '/practice/settings/live';

export interface ClearState {
  problem: 'other_name' | 'busy' | null;
  answer: number;
}

export async function clear(before: ClearState, form: FormData): Promise<ClearState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const answer = readState(answeredState, before).answer + 1;
  const asked = { seen: readText(form, 'seen', 20_000), typedName: readText(form, 'name', 1000) };
  const done = await orDatabaseBusy(() => clearTestBookings(viewer, asked, { now: Date.now() }));
  if (done === 'busy') return { problem: 'busy', answer };
  if (done.ok) redirect(`${HERE}?flash=cleared#flash`);
  if (done.reason === 'other_name') return { problem: 'other_name', answer };
  redirect(`${HERE}?flash=${done.reason}#flash`);
}

export async function live(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const done = await orDatabaseBusy(() => goLive(viewer, { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : 'live'}#flash`);
}

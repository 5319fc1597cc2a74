'use server';

import { redirect } from 'next/navigation';
import { requireViewer } from '@/auth';
import { completeAppointment, markNoShow } from '@/db/appointments';
import { cancelAppointments } from '@/db/cancel-appointments';

// Each is a public endpoint: who is asking is proven here, and whose appointment it is, in the database's `where`.

export async function complete(form: FormData) {
  const viewer = await requireViewer('staff');
  const done = await completeAppointment(viewer, text(form, 'uid'), { now: Date.now() });
  goBack(form, done.ok ? 'completed' : done.reason);
}

export async function noShow(form: FormData) {
  const viewer = await requireViewer('staff');
  const done = await markNoShow(viewer, text(form, 'uid'), { now: Date.now() });
  goBack(form, done.ok ? 'no_show' : done.reason);
}

export async function cancel(form: FormData) {
  const viewer = await requireViewer('staff');
  const asked = text(form, 'scope');
  const scope = asked === 'following' || asked === 'all' ? asked : 'this';
  const done = await cancelAppointments(viewer, { uid: text(form, 'uid'), scope }, { now: Date.now() });
  goBack(form, done.ok ? 'cancelled' : done.reason);
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function goBack(form: FormData, said: string): never {
  const back = new URLSearchParams(text(form, 'back'));
  back.set('said', said);
  redirect(`/practice/calendar?${back}`);
}

'use server';

import { redirect } from 'next/navigation';
import { readForm } from '@/app/form-data';
import { enterDemo, homeOf } from '@/auth';
import { isBusy } from '@/db/connection/database-busy';
import { localPath } from '@/site';

const ROLES = ['therapist', 'owner', 'front_desk', 'client'] as const;

/** The demo's own way in. Whether there is one is asked again here: anybody can call an action. */
export async function enterDemoAs(form: FormData): Promise<void> {
  readForm(form);
  const role = ROLES.find((known) => known === form.get('role'));
  const isIn = role && (await enterDemo(role).catch((error) => (isBusy(error) ? null : Promise.reject(error))));
  if (!isIn) redirect(isIn === null ? '/sign-in?problem=busy' : '/sign-in');
  redirect(localPath(form.get('callbackUrl'), homeOf(role)));
}

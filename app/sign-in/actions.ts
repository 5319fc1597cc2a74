'use server';

import { redirect } from 'next/navigation';
import { requireFormData } from '@/app/form-data';
import { homePathOf, signInToDemo } from '@/auth';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { safeRedirectPath } from '@/site-address';

const ROLES = ['therapist', 'owner', 'front_desk', 'client'] as const;

/** Signs in to the demo. Whether the demo allows it is checked again here, because anybody can call an action. */
export async function enterDemoAs(form: FormData): Promise<void> {
  requireFormData(form);
  const role = ROLES.find((known) => known === form.get('role'));
  const isIn =
    role && (await signInToDemo(role).catch((error) => (isDatabaseBusy(error) ? null : Promise.reject(error))));
  if (!isIn) redirect(isIn === null ? '/sign-in?problem=busy' : '/sign-in');
  redirect(safeRedirectPath(form.get('callbackUrl'), homePathOf(role)));
}

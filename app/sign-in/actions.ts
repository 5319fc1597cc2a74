'use server';

import { redirect } from 'next/navigation';
import { enterDemo, homeOf } from '@/auth';
import { sameSitePath } from '@/site';

const ROLES = ['therapist', 'owner', 'client'] as const;

/** The demo's own way in. Whether there is one is asked again here: anybody can call an action. */
export async function enterDemoAs(form: FormData): Promise<void> {
  const role = ROLES.find((known) => known === form.get('role'));
  if (!role || !(await enterDemo(role))) redirect('/sign-in');
  redirect(sameSitePath(form.get('callbackUrl'), homeOf(role)));
}

'use server';

import { redirect } from 'next/navigation';
import { forgetOwnPlan } from './own-plan';

/** Whoever sits here came from nobody's plan. */
export async function showEverything(): Promise<void> {
  await forgetOwnPlan();
  redirect('/book');
}

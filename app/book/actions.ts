'use server';

import { redirect } from 'next/navigation';
import { requireFormData } from '@/app/form-data';
import { clearOwnPlansCookie } from './own-plans-cookie';

/** Forgets the plans that this browser came from, so that everything the practice offers is shown again. */
export async function clearOwnBookingLimits(form: FormData): Promise<void> {
  requireFormData(form);
  await clearOwnPlansCookie();
  redirect('/book');
}

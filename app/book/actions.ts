'use server';

import { redirect } from 'next/navigation';
import { requireFormData } from '@/app/form-data';
import { detailsStepHrefOfForm } from './booking-form-data';
import { clearOwnPlansCookie } from './own-plans-cookie';

/**
 * Forgets the plans that this browser came from, so that everything the practice offers is shown again, and nobody's
 * details are filled in. Leads to the last step where the form has its address.
 */
export async function forgetOwnPlans(form: FormData): Promise<void> {
  requireFormData(form);
  await clearOwnPlansCookie();
  redirect(form.has('address') ? detailsStepHrefOfForm(form) : '/book');
}

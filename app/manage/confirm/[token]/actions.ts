'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { confirmBookingByLink } from '@/db/booking/confirm-booking';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

/** Confirms what the link is for. The token in the form proves that its e-mail was read. */
export async function confirmEmailByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  redirect(await press(token));
}

async function press(token: string): Promise<string> {
  const pagePath = `/manage/confirm/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    if (!allowed.ok) return `${pagePath}?flash=busy#flash`;
    const result = await confirmBookingByLink(token, { now: Date.now() });
    if (result.ok)
      return result.isBooked
        ? `/manage/${result.manageToken}/booked`
        : `/manage/${result.manageToken}?flash=confirmed#flash`;
    return result.reason === 'gone' ? pagePath : `${pagePath}?flash=taken#flash`;
  } catch (error) {
    if (isDatabaseBusy(error)) return `${pagePath}?flash=busy#flash`;
    throw error;
  }
}

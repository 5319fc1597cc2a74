'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { bookedPageHref } from '@/app/manage/booked-page-href';
import { confirmBookingByLink } from '@/db/booking/confirm-booking';

/** Confirms what the link is for. The token in the form proves that its e-mail was read. */
export async function confirmEmailByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  const pagePath = `/manage/confirm/${encodeURIComponent(token)}`;
  const result = await changeWithinLimit(() => confirmBookingByLink(token, { now: Date.now() }));
  if (result === 'busy') redirect(`${pagePath}?flash=busy#flash`);
  if (!result.ok) redirect(result.reason === 'gone' ? pagePath : `${pagePath}?flash=taken#flash`);
  const { manageToken, isBooked, besideToken } = result;
  redirect(isBooked ? bookedPageHref(manageToken, besideToken) : `/manage/${manageToken}?flash=confirmed#flash`);
}

'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { readDayParts } from '@/app/read-waitlist-form';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { joinWaitlistForSooner } from '@/db/waitlist/join-waitlist';
import { leaveWaitlistBySeriesLink } from '@/db/waitlist/leave-by-series-link';

/** Puts the client of a date on the waiting list for an earlier time. */
export async function joinSoonerWaitlistByLink(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const token = readText(form, 'token', 100);
  const uid = readText(form, 'uid', 64);
  redirect(
    await answer(token, `uid=${encodeURIComponent(uid)}&`, async (viewer) => {
      const request = {
        uid,
        therapistId: readText(form, 'therapist', 64) || 'any',
        dayParts: readDayParts(form),
        isUrgent: false,
      };
      const result = await joinWaitlistForSooner(viewer, request, { now: Date.now() });
      if (result.ok) return result.mustConfirm ? 'confirm' : 'waits';
      return result.reason === 'invalid' && result.issues[0]?.path[0] === 'dayParts' ? 'no_days' : result.reason;
    }),
  );
}

/** Takes the client off the waiting list; the date stays as it is. */
export async function leaveSoonerWaitlistByLink(formData: FormData): Promise<void> {
  const form = requireFormData(formData);
  const token = readText(form, 'token', 100);
  const id = readText(form, 'id', 64);
  redirect(
    await answer(token, '', async (viewer) => {
      await leaveWaitlistBySeriesLink(viewer, id, { now: Date.now() });
      return 'stopped';
    }),
  );
}

async function answer(
  token: string,
  about: string,
  change: (viewer: { role: 'link'; seriesId: string }) => Promise<string>,
): Promise<string> {
  const pagePath = `/manage/${encodeURIComponent(token)}/sooner?${about}`;
  const viewer = await findManageLinkViewer(token);
  if (!viewer) return `/manage/${encodeURIComponent(token)}`;
  return `${pagePath}flash=${await changeWithinLimit(() => change(viewer))}#flash`;
}

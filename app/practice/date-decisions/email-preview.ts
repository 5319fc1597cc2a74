import { readText } from '@/app/form-data';
import type { Staff } from '@/db/access/viewer';
import { previewDecidedEmail } from '@/db/delivery/preview-decided-email';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { renderMessage } from '@/mail/render-message';
import { extractFirstName } from '@/scheduling/name-formatting';
import {
  type DateToDecideView,
  EMAIL_PREVIEW_FIELD,
  type PreviewedEmail,
  readDateDecisions,
} from './date-decisions-form-data';

// Previews the e-mail to a client about dates that are being decided on.

/** The preview for the present choices of the form; null where no e-mail would be sent. */
export async function readEmailPreview(viewer: Staff, form: FormData, now: number): Promise<PreviewedEmail | null> {
  if (!isMailEnabled()) return null;
  const request = {
    decisions: readDateDecisions(form),
    reason: readText(form, 'reason', 200),
    uid: readText(form, EMAIL_PREVIEW_FIELD, 64),
  };
  const email = await previewDecidedEmail(viewer, request, { now });
  if (!email) return null;
  const { notification, toEmail, clientName, ...where } = email;
  const link = '[the client’s own link]';
  const { subject, text } = renderMessage(notification, { manageUrl: link, confirmUrl: link }, now);
  return {
    ...where,
    ...{ to: toEmail, firstName: extractFirstName(clientName), subject, text },
    offersOtherTimes: notification.series.appointments.some(({ status }) => status === 'cancelled'),
  };
}

/** The preview for a form that nobody has changed yet. */
export function previewProposedEmail(
  viewer: Staff,
  { dates, reason }: { dates: DateToDecideView[]; reason: string },
  now: number,
): Promise<PreviewedEmail | null> {
  const form = new FormData();
  form.set('reason', reason);
  for (const { uid, version, chosen } of dates) {
    form.append('seen', `${uid}.${version}`);
    form.append(`date-${uid}`, chosen);
  }
  return readEmailPreview(viewer, form, now);
}

import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { endAllPlansLink } from '@/db/access/all-plans-links';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { maySeeHealthOfClient } from '@/db/access/viewer-conditions';
import { endRebookingHoldsOfClients } from '@/db/booking/rebooking-holds';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { emptyToUndefined, hasAtMostLetters } from '@/db/input/clean-text';
import { emailAddressSchema, personNameSchema, phoneNumberSchema, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry, describeInvalidPhone, parsePhone, withPhoneExample } from '@/db/input/phone-numbers';
import { buildClientSearchText } from '@/db/input/search-text';
import { forgetBounce } from '@/db/messages/bounces';
import { unleasedMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { replaceAndSendLinksOfClient } from '@/db/messages/replace-and-send-link';
import { resetUnsentRemindersOfClient } from '@/db/messages/reset-unsent-reminders-of-client';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { clients, outbox, series, therapists } from '@/db/schema';
import { withdrawOffersToClient } from '@/db/waitlist/withdraw-offers';
import { decryptAlerts, encryptAlerts } from './client-alert-encryption';
import { type ClientRow, findVisibleClient } from './get-client';

/** The languages that can be recorded as the one a client speaks best. */
export const CLIENT_LANGUAGES = [
  'en',
  'ga',
  'ar',
  'cs',
  'de',
  'es',
  'fr',
  'hr',
  'it',
  'ja',
  'lt',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sv',
  'uk',
  'zh',
];

const MOST_TAGS = 12;
const MOST_ALERTS = 12;

const lines = (most: number, longest: number, split: RegExp, what: string) =>
  z
    .string()
    .max(5000, `Please keep each ${what} to ${longest} characters.`)
    .transform((text) => [
      ...new Set(
        text
          .split(split)
          .map((part) => part.replace(/\s+/g, ' ').trim())
          .filter(Boolean),
      ),
    ])
    .refine((parts) => parts.length <= most, `Please keep to ${most} of them.`)
    .refine(
      (parts) => parts.every((part) => hasAtMostLetters(part, longest)),
      `Please keep each ${what} to ${longest} characters.`,
    );

const EXTRA_MINUTES_MESSAGE = 'Give whole minutes, from 0 to 120.';

const clientChange = z.object({
  name: personNameSchema,
  email: z.preprocess(emptyToUndefined, emailAddressSchema.optional()),
  phone: phoneNumberSchema,
  language: z.enum(['', ...CLIENT_LANGUAGES], 'Choose one of the languages.'),
  favouriteTherapistId: z.string().max(64),
  tags: lines(MOST_TAGS, 40, /[,\n]/, 'tag'),
  /** One per line; left out by a form whose reader may not know the alerts. */
  alerts: lines(MOST_ALERTS, 160, /\n/, 'alert').optional(),
  /** Left out where the viewer may not set it. */
  booking: z.enum(['online', 'approval', 'blocked']).optional(),
  /** Time kept free after each of their new dates; left out by a form without this field. */
  extraMinutes: z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, EXTRA_MINUTES_MESSAGE)
    .transform(Number)
    .refine((minutes) => minutes <= 120, EXTRA_MINUTES_MESSAGE)
    .optional(),
  /** Whether waiting e-mail goes to the new address. */
  movesMail: z.boolean(),
  /** Whether links that were sent to the old address end, and new ones go to the new address. */
  endsLinks: z.boolean(),
});

export type ChangeClientResult =
  | { ok: true }
  | Invalid
  | Refusal<'not_found' | 'conflict'>
  /** Another client has this name and address: the two could be merged. */
  | { ok: false; reason: 'exists'; otherId: string | null };

/** Changes a client whom the viewer may see, unless somebody else has changed them since `version` was shown. */
export async function changeClient(
  viewer: Staff,
  { id, version, ...values }: { id: string; version: number } & Record<string, unknown>,
  { now }: Clock,
): Promise<ChangeClientResult> {
  const parsed = clientChange.safeParse(values);
  if (!parsed.success)
    return invalid(withPhoneExample(toIssues(parsed.error), derivePhoneCountry(await getPractice())));
  const { movesMail, endsLinks, alerts, booking, extraMinutes, ...change } = parsed.data;
  return transact(async (tx): Promise<ChangeClientResult> => {
    const before = await findVisibleClient(tx, viewer, id);
    if (!before) return { ok: false, reason: 'not_found' };
    if (before.version !== version) return { ok: false, reason: 'conflict' };
    const country = derivePhoneCountry(await getPractice(tx));
    const phone = change.phone === undefined ? null : parsePhone(change.phone, country);
    if (phone === null && change.phone !== undefined)
      return invalid([{ path: ['phone'], message: describeInvalidPhone(country) }]);
    const { name, email = '', language, tags } = change;
    const favouriteTherapistId = change.favouriteTherapistId || null;
    if (favouriteTherapistId && !(await isTherapist(tx, favouriteTherapistId)))
      return invalid([{ path: ['favouriteTherapistId'], message: 'Choose one of the therapists.' }]);
    const other = email === '' ? undefined : await findSame(tx, { id, name, email });
    if (other)
      return { ok: false, reason: 'exists', otherId: (await findVisibleClient(tx, viewer, other)) ? other : null };
    // Compared decrypted: encrypting the same alerts again gives a different text.
    const isNotified =
      alerts !== undefined &&
      alerts.join('\n') !== decryptAlerts(before.sealedAlerts).join('\n') &&
      (await maySeeHealthOfClient(tx, viewer, id));
    const after = {
      ...{ name, email, phone, language, tags, favouriteTherapistId },
      searchText: buildClientSearchText({ name, email, phone }),
      ...(isNotified && { sealedAlerts: encryptAlerts(alerts) }),
      ...(extraMinutes !== undefined && { extraMinutes }),
      ...(booking !== undefined && managesAllCalendars(viewer) && { booking }),
    };
    const changed = await tx
      .update(clients)
      .set({ ...after, version: sql`${clients.version} + 1` })
      .where(and(eq(clients.id, id), eq(clients.version, version)))
      .returning({ id: clients.id });
    if (changed.length === 0) return { ok: false, reason: 'conflict' };
    const isElsewhere = email !== before.email;
    if (isElsewhere) {
      await forgetBounce(tx, email);
      if (!(await isInUse(tx, before.email))) await forgetBounce(tx, before.email);
    }
    if (isElsewhere && movesMail && email !== '')
      await readdressWaitingMail(tx, { id, from: before.email, to: email }, now);
    if (isElsewhere) await resetUnsentRemindersOfClient(tx, id, now);
    if (isElsewhere) await endAllPlansLink(tx, before.email);
    if (isElsewhere && endsLinks) {
      await replaceAndSendLinksOfClient(tx, viewer, id, now);
      await withdrawOffersToClient(tx, id, now);
    }
    if ((isElsewhere && endsLinks) || after.booking === 'blocked') await endRebookingHoldsOfClients(tx, [id], now);
    const fields = fieldsThatDiffer(before, after);
    if (fields.length > 0)
      await recordEvent(tx, {
        ...{ at: now, actor: getAuditActor(viewer), action: 'client changed', subject: `client:${id}` },
        facts: { fields, ...(fields.includes('booking') && { booking: after.booking }) },
      });
    return { ok: true };
  });
}

async function isInUse(tx: Db, email: string): Promise<boolean> {
  return (await tx.select({ id: clients.id }).from(clients).where(eq(clients.email, email)).limit(1)).length > 0;
}

async function isTherapist(tx: Db, id: string): Promise<boolean> {
  return (await tx.select({ id: therapists.id }).from(therapists).where(eq(therapists.id, id))).length > 0;
}

/** Another client with this name and address. */
async function findSame(tx: Db, { id, name, email }: { id: string; name: string; email: string }) {
  const [found] = await tx
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.email, email), eq(clients.name, name), ne(clients.id, id)));
  return found?.id;
}

/** Sends waiting e-mail about their plans to another address, except what is being sent at this moment. */
export async function readdressWaitingMail(
  tx: Db,
  { id, from, to }: { id: string; from: string; to: string },
  now: number,
): Promise<void> {
  if (from === '') return;
  const plans = await tx.select({ id: series.id }).from(series).where(eq(series.clientId, id));
  for (const plan of plans)
    await tx
      .update(outbox)
      .set({ toEmail: to })
      .where(
        and(
          eq(outbox.seriesId, plan.id),
          eq(outbox.toEmail, from),
          waitingMessageCondition,
          unleasedMessageCondition(now),
        ),
      );
}

const NAMED = [
  'name',
  'email',
  'phone',
  'language',
  'tags',
  'favouriteTherapistId',
  'booking',
  'sealedAlerts',
  'extraMinutes',
] as const;

/**
 * The names of the changed fields, never their values: history holds no client's name and nothing about their health.
 */
function fieldsThatDiffer(before: ClientRow, after: Partial<ClientRow>): string[] {
  return NAMED.filter((name) => name in after && JSON.stringify(after[name]) !== JSON.stringify(before[name])).map(
    (name) => (name === 'sealedAlerts' ? 'alerts' : name),
  );
}

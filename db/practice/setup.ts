import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordEvent } from '@/db/access/audit-trail';
import { transact } from '@/db/connection/database-client';
import { emailAddressSchema, personNameSchema, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry } from '@/db/input/phone-numbers';
import { type Invalid, type Issue, invalid } from '@/db/results';
import { holidays, practices, setupDrafts, users } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { STARTING_POLICIES } from './new-practice-defaults';
import { startingPoliciesSchema } from './policies';
import type { Holiday } from './practice';
import {
  currencyCodeSchema,
  isLocale,
  localeTagSchema,
  makeOptionalPracticePhoneSchema,
  optionalCountryCodeSchema,
  optionalEmailAddressSchema,
  singleLineSchema,
  timeZoneNameSchema,
} from './practice-field-schemas';
import { listUpcomingPublicHolidays } from './public-holidays';
import { insertStartingOffer, makeStartingOfferSchema } from './starting-offer';

// How a practice is created. The set-up pages and `npm run setup` both validate answers here, and both create the
// practice here.

interface Place {
  currency: string;
  country: ReturnType<typeof derivePhoneCountry>;
  /** The current local day at the practice. */
  today: string;
}

/** Prices are read in its currency, phone numbers and public holidays in its country. */
const practiceIn = ({ currency, country, today }: Place) =>
  z.object({
    name: personNameSchema,
    ownerName: personNameSchema,
    ownerEmail: emailAddressSchema,
    timeZone: timeZoneNameSchema,
    /** Empty: derived from the time zone. */
    country: optionalCountryCodeSchema.default(''),
    currency: currencyCodeSchema,
    locale: localeTagSchema,
    address: singleLineSchema,
    phone: makeOptionalPracticePhoneSchema(country),
    /** The sender of its mail, and where replies go; empty: the owner's address. */
    mailFrom: optionalEmailAddressSchema.default(''),
    mailReplyTo: optionalEmailAddressSchema.default(''),
    closedDays: closedDaysOf(listUpcomingPublicHolidays(country, today)).default([]),
    policies: startingPoliciesSchema.partial().default({}),
    /** Without an offer nothing can be booked yet. */
    offer: makeStartingOfferSchema(currency).optional(),
  });

export type NewPractice = z.input<ReturnType<typeof practiceIn>>;

/** What is wrong with the answers for a new practice; empty when it can be created. */
export function checkNewPractice(input: NewPractice, now: number): Issue[] {
  const parsed = practiceIn(placeOf(input, now)).safeParse(input);
  return parsed.success ? [] : toIssues(parsed.error);
}

/** The country whose phone numbers and public holidays are used; undefined while it is not known. */
export function deriveSetupCountry(where: { timeZone: string; locale: string; country?: string }) {
  const { timeZone, locale, country = '' } = where;
  if (!isTimeZone(timeZone.trim()) || !isLocale(locale.trim())) return undefined;
  return derivePhoneCountry({
    timeZone: timeZone.trim(),
    locale: locale.trim(),
    country: optionalCountryCodeSchema.safeParse(country).data ?? '',
  });
}

/** Creates the practice in an empty database, with its owner's account and its first offer. */
export async function setUpPractice(
  input: NewPractice,
  now: number,
): Promise<{ ok: true; ownerId: string } | Invalid | { ok: false; reason: 'exists'; name: string }> {
  const parsed = practiceIn(placeOf(input, now)).safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { ownerName, ownerEmail, offer, closedDays, policies, ...practice } = parsed.data;
  return transact(async (tx) => {
    const exists = (name = '') => ({ ok: false as const, reason: 'exists' as const, name });
    const [existing] = await tx.select({ name: practices.name }).from(practices).limit(1);
    if (existing) return exists(existing.name);
    // Of two at the same moment, the second waits here for the first one's row, and then creates nothing.
    const inserted = await tx
      .insert(practices)
      .values({
        id: 'practice',
        ...practice,
        email: ownerEmail,
        ...STARTING_POLICIES,
        ...policies,
        isDemo: false,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: practices.id });
    if (inserted.length === 0) {
      const [other] = await tx.select({ name: practices.name }).from(practices).limit(1);
      return exists(other?.name);
    }
    const ownerId = randomUUID();
    await tx.insert(users).values({ id: ownerId, name: ownerName, email: ownerEmail, role: 'owner' });
    if (offer) await insertStartingOffer(tx, offer, { userId: ownerId, timeZone: practice.timeZone });
    if (closedDays.length > 0) await tx.insert(holidays).values(closedDays);
    await tx.delete(setupDrafts);
    await recordEvent(tx, {
      at: now,
      actor: `owner:${ownerId}`,
      action: 'practice set up',
      subject: 'practice',
      facts: {},
    });
    return { ok: true as const, ownerId };
  });
}

/** The public holidays to choose closing days from during set-up. */
export function listHolidaysForSetup(input: { timeZone: string; locale: string; country?: string }, now: number) {
  const { country, today } = placeOf({ ...input, currency: '' }, now);
  return listUpcomingPublicHolidays(country, today);
}

// An invalid value is reported by its own field, so what it is replaced by here does not matter.
function placeOf(input: Pick<NewPractice, 'timeZone' | 'locale' | 'country' | 'currency'>, now: number): Place {
  const timeZone = input.timeZone.trim();
  return {
    currency: currencyCodeSchema.safeParse(input.currency).data ?? 'EUR',
    country: deriveSetupCountry(input),
    today: toWallTime(isTimeZone(timeZone) ? timeZone : 'UTC', now).on,
  };
}

/** `public`: all the public holidays of its country; `none`; or some of them, as `2026-12-25 2027-01-01`. */
function closedDaysOf(known: Holiday[]) {
  return z
    .string()
    .trim()
    .max(2000, 'Choose from the public holidays.')
    .transform((text, context): Holiday[] => {
      if (text === 'public') return known;
      if (text === 'none' || text === '') return [];
      const chosen = [...new Set(text.split(/\s+/))].map((day) => known.find(({ on }) => on === day));
      if (chosen.every((day) => day !== undefined)) return chosen;
      context.addIssue({ code: 'custom', message: 'Say public, none, or some of the upcoming public holidays.' });
      return z.NEVER;
    });
}

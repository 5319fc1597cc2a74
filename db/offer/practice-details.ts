import { and, asc, count, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { emailAddressSchema, personNameSchema, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry } from '@/db/input/phone-numbers';
import { redirectPracticeMail } from '@/db/messages/redirect-practice-mail';
import { getPractice, type Practice } from '@/db/practice/practice';
import {
  currencyCodeSchema,
  isLocale,
  localeTagSchema,
  mailLanguageSchema,
  makeOptionalPracticePhoneSchema,
  optionalCountryCodeSchema,
  singleLineSchema,
  timeZoneNameSchema,
} from '@/db/practice/practice-field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import {
  appointments,
  bookingRequests,
  clients,
  hoursOverrides,
  ledgerEntries,
  practices,
  repeatingBreaks,
  serviceLengths,
  therapistPrices,
  workingHours,
} from '@/db/schema';
import { isTimeZone } from '@/scheduling/zone-offsets';

// The practice's name and addresses, and the time zone, currency and phone format that it uses.

/** Null: the country is not known because the time zone or the locale is invalid; the form reports that first. */
const detailsIn = (country: ReturnType<typeof derivePhoneCountry> | null) =>
  z.object({
    name: personNameSchema,
    address: singleLineSchema,
    phone: country === null ? singleLineSchema : makeOptionalPracticePhoneSchema(country),
    email: emailAddressSchema,
    country: optionalCountryCodeSchema,
    timeZone: timeZoneNameSchema,
    currency: currencyCodeSchema,
    locale: localeTagSchema,
    mailLanguage: mailLanguageSchema,
  });

export type PracticeDetails = z.infer<ReturnType<typeof detailsIn>>;

/** An upcoming appointment, as its client was told of it. */
interface PromisedTime {
  clientName: string;
  startsAt: number;
  timeZone: string;
}

/** The upcoming appointments that keep their time when the time zone changes: the first few, and how many there are. */
export interface TimeZoneChangeImpact {
  from: string;
  to: string;
  booked: number;
  first: PromisedTime[];
}

const SHOWN = 5;

export function pickPracticeDetails(practice: Practice): PracticeDetails {
  const { name, address, phone, email, country, timeZone, currency, locale, mailLanguage } = practice;
  return { name, address, phone, email, country, timeZone, currency, locale, mailLanguage };
}

/**
 * Saves the details. `seen` is what the form was filled from, as JSON: nothing is written if that has changed since. A
 * new time zone is written only if `agreedZone` names it; otherwise the answer says what it would change.
 */
export async function changePracticeDetails(
  viewer: Owner,
  values: { [Field in keyof PracticeDetails]: string },
  { seen, agreedZone }: { seen: string; agreedZone: string },
  { now }: Clock,
): Promise<
  { ok: true } | Invalid | Refusal<'changed_since'> | { ok: false; reason: 'zone'; change: TimeZoneChangeImpact }
> {
  const where = { timeZone: values.timeZone.trim(), locale: values.locale.trim(), country: values.country.trim() };
  const country = isTimeZone(where.timeZone) && isLocale(where.locale) ? derivePhoneCountry(where) : null;
  const parsed = detailsIn(country).safeParse(values);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const details = parsed.data;
  return transact(async (tx) => {
    const before = pickPracticeDetails(await getPractice(tx));
    if (JSON.stringify(before) !== seen) return { ok: false as const, reason: 'changed_since' as const };
    if (details.currency !== before.currency) {
      const why = await getCurrencyLockReason(tx);
      if (why) return invalid([{ path: ['currency'], message: why }]);
      await rewritePrices(tx, before.currency, details.currency);
    }
    if (details.timeZone !== before.timeZone) {
      if (agreedZone !== details.timeZone) {
        const change = await zoneChangeOf(tx, { from: before.timeZone, to: details.timeZone }, now);
        return { ok: false as const, reason: 'zone' as const, change };
      }
      // Opening hours are local times: nine o'clock stays nine o'clock in the new zone.
      await tx.update(workingHours).set({ timeZone: details.timeZone });
      await tx.update(hoursOverrides).set({ timeZone: details.timeZone });
      await tx.update(repeatingBreaks).set({ timeZone: details.timeZone });
    }
    await tx.update(practices).set(details);
    if (details.email !== before.email) await redirectPracticeMail(tx, { from: before.email, to: details.email, now });
    const changed = Object.keys(details).filter((field) => {
      return details[field as keyof PracticeDetails] !== before[field as keyof PracticeDetails];
    });
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'practice changed',
      subject: 'practice',
      facts: { changed },
    });
    return { ok: true as const };
  });
}

/** Why the currency can no longer be changed; null while it can. */
export async function getCurrencyLockReason(db?: Db): Promise<string | null> {
  const from = db ?? (await reader());
  if ((await from.$count(appointments)) > 0)
    return 'The currency stays: appointments are booked at prices in it. A practice that begins anew can have another.';
  if ((await from.$count(bookingRequests)) > 0)
    return 'The currency stays for now: a client has asked for an appointment at a price in it.';
  if ((await from.$count(ledgerEntries)) > 0) return 'The currency stays: payments in it are on the books.';
  return null;
}

/**
 * Keeps the figures in the other currency's smallest unit: 42.00 becomes 42, not 4,200, in a currency without cents.
 */
async function rewritePrices(tx: Db, from: string, to: string): Promise<void> {
  const factor = 10 ** (decimalsOf(to) - decimalsOf(from));
  if (factor === 1) return;
  const inTo = (cents: number) => Math.round(cents * factor);
  for (const { serviceId, minutes, priceCents } of await tx.select().from(serviceLengths)) {
    await tx
      .update(serviceLengths)
      .set({ priceCents: inTo(priceCents) })
      .where(and(eq(serviceLengths.serviceId, serviceId), eq(serviceLengths.minutes, minutes)));
  }
  for (const { therapistId, serviceId, minutes, priceCents } of await tx.select().from(therapistPrices)) {
    await tx
      .update(therapistPrices)
      .set({ priceCents: inTo(priceCents) })
      .where(
        and(
          eq(therapistPrices.therapistId, therapistId),
          eq(therapistPrices.serviceId, serviceId),
          eq(therapistPrices.minutes, minutes),
        ),
      );
  }
}

function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

async function zoneChangeOf(tx: Db, zones: { from: string; to: string }, now: number): Promise<TimeZoneChangeImpact> {
  const isToCome = and(eq(appointments.status, 'booked'), gt(appointments.startAt, now));
  const [booked] = await tx.select({ count: count() }).from(appointments).where(isToCome);
  const first = await tx
    .select({ clientName: clients.name, startsAt: appointments.startAt, timeZone: appointments.timeZone })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(isToCome)
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(SHOWN);
  return { ...zones, booked: booked?.count ?? 0, first };
}

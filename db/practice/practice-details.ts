import { and, asc, count, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { personNameSchema, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry } from '@/db/input/phone-numbers';
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
import { getPractice, type Practice } from './practice';
import {
  countryCodeSchema,
  currencyCodeSchema,
  isLocale,
  localeTagSchema,
  mailLanguageSchema,
  makePracticePhoneSchema,
  singleLineSchema,
  timeZoneNameSchema,
} from './practice-field-schemas';

// What the practice is called, where it is, and what its times, prices and numbers are written in.

/** Null: the country is not known, because the time zone or the locale is none; that is told first. */
const detailsIn = (country: ReturnType<typeof derivePhoneCountry> | null) =>
  z.object({
    name: personNameSchema,
    address: singleLineSchema,
    phone: country === null ? singleLineSchema : makePracticePhoneSchema(country),
    country: countryCodeSchema,
    timeZone: timeZoneNameSchema,
    currency: currencyCodeSchema,
    locale: localeTagSchema,
    mailLanguage: mailLanguageSchema,
  });

export type PracticeDetails = z.infer<ReturnType<typeof detailsIn>>;

/** An appointment to come, as its client was told of it. */
interface PromisedTime {
  clientName: string;
  startsAt: number;
  timeZone: string;
}

/** What another time zone leaves as it is: the first of those to come, and how many they are. */
export interface TimeZoneChangeImpact {
  from: string;
  to: string;
  booked: number;
  first: PromisedTime[];
}

const SHOWN = 5;

export function pickPracticeDetails(practice: Practice): PracticeDetails {
  const { name, address, phone, country, timeZone, currency, locale, mailLanguage } = practice;
  return { name, address, phone, country, timeZone, currency, locale, mailLanguage };
}

/**
 * Writes them. `seen` is what the form was filled from, as JSON: when it has been changed since, nothing is written.
 * Another time zone is written only when it is the one in `agreedZone`; before that the answer says what it changes.
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
      // Hours are what the sign on the door says: nine o'clock stays nine o'clock.
      await tx.update(workingHours).set({ timeZone: details.timeZone });
      await tx.update(hoursOverrides).set({ timeZone: details.timeZone });
      await tx.update(repeatingBreaks).set({ timeZone: details.timeZone });
    }
    await tx.update(practices).set(details);
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

/** Why another currency cannot be chosen any more; null while it can. */
export async function getCurrencyLockReason(db?: Db): Promise<string | null> {
  const from = db ?? (await reader());
  if ((await from.$count(appointments)) > 0)
    return 'The currency stays: appointments are booked at prices in it. A practice that begins anew can have another.';
  if ((await from.$count(bookingRequests)) > 0)
    return 'The currency stays for now: a client has asked for an appointment at a price in it.';
  if ((await from.$count(ledgerEntries)) > 0) return 'The currency stays: payments in it are on the books.';
  return null;
}

/** The same figures in the other currency's smallest coin: 42.00 is 42, and not 4,200, where there are no cents. */
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

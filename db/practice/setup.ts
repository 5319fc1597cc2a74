import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { transact } from '@/db/connection/client';
import { emailAddress, issuesOf, personName } from '@/db/input/fields';
import { phoneCountryOf } from '@/db/input/phone';
import { type Invalid, invalid } from '@/db/results';
import { practices, users } from '@/db/schema';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { POLICIES } from './defaults';
import {
  currencyCode,
  isLocale,
  line,
  localeTag,
  optionalAddress,
  practicePhone,
  timeZoneName,
} from './practice-fields';
import { insertStartingServices, parseStartingServices } from './starting-services';

/** `currency` and `country` are what prices and phone numbers are read in. */
const practiceWith = (currency: string, country: ReturnType<typeof phoneCountryOf>) =>
  z.object({
    name: personName,
    ownerName: personName,
    ownerEmail: emailAddress,
    timeZone: timeZoneName,
    currency: currencyCode,
    locale: localeTag,
    address: line,
    phone: practicePhone(country),
    /** Whom its mail comes from, and where answers go; the owner's address where nothing is given. */
    mailFrom: optionalAddress.default(''),
    mailReplyTo: optionalAddress.default(''),
    /** Without it nothing can be booked yet. */
    offer: parseStartingServices(currency).optional(),
  });

export type NewPractice = z.input<ReturnType<typeof practiceWith>>;

/** Makes the practice of an empty database, the owner who will sign in to it, and what it opens with. */
export async function setUpPractice(
  wanted: NewPractice,
  now: number,
): Promise<{ ok: true } | Invalid | { ok: false; reason: 'exists'; name: string }> {
  // What is none of these is told of below; what would be read in it is no matter then.
  const currency = currencyCode.safeParse(wanted.currency).data ?? 'EUR';
  const where = { timeZone: wanted.timeZone.trim(), locale: wanted.locale.trim() };
  const country = isTimeZone(where.timeZone) && isLocale(where.locale) ? phoneCountryOf(where) : undefined;
  const parsed = practiceWith(currency, country).safeParse(wanted);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const { ownerName, ownerEmail, offer, ...practice } = parsed.data;
  return transact(async (tx) => {
    const [there] = await tx.select({ name: practices.name }).from(practices).limit(1);
    if (there) return { ok: false, reason: 'exists', name: there.name };
    await tx
      .insert(practices)
      .values({ id: 'practice', ...practice, email: ownerEmail, ...POLICIES, isDemo: false, createdAt: now });
    const userId = randomUUID();
    await tx.insert(users).values({ id: userId, name: ownerName, email: ownerEmail, role: 'owner' });
    if (offer) await insertStartingServices(tx, offer, { userId, timeZone: practice.timeZone });
    return { ok: true };
  });
}

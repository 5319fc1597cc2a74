import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { transact } from '@/db/connection/client';
import { cleanLine, isWithin } from '@/db/input/clean-text';
import { emailAddress, issuesOf, NO_PHONE, personName } from '@/db/input/fields';
import { phoneCountryOf, phoneLink } from '@/db/input/phone';
import { type Invalid, invalid } from '@/db/results';
import { practices, users } from '@/db/schema';
import { nameZone } from '@/scheduling/zone-names';
import { isTimeZone } from '@/scheduling/zone-offsets';
import { POLICIES } from './defaults';
import { insertStartingServices, parseStartingServices } from './starting-services';

const line = z
  .string()
  .transform(cleanLine)
  .pipe(
    z
      .string()
      .refine((text) => isWithin(text, 200), 'Please keep this to 200 characters.')
      .regex(/^\P{Cc}*$/u, 'Please write this on one line.'),
  );

const currencyCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'Give a currency such as EUR or USD.');

const optionalAddress = z.union([z.literal(''), emailAddress]).default('');

/** `currency` and `country` are what prices and phone numbers are read in. */
const practiceWith = (currency: string, country: ReturnType<typeof phoneCountryOf>) =>
  z.object({
    name: personName,
    ownerName: personName,
    ownerEmail: emailAddress,
    timeZone: z
      .string()
      .trim()
      .refine(isTimeZone, 'Give a time zone such as Europe/Dublin or America/New_York.')
      .transform(nameZone),
    currency: currencyCode,
    locale: z
      .string()
      .trim()
      .refine((tag) => isLocale(tag), 'Give a locale such as en-IE or en-US.'),
    address: line,
    /** As the practice writes it; empty, or one that can be dialled. */
    phone: line.refine((text) => text === '' || phoneLink(text, country) !== null, NO_PHONE),
    /** Whom its mail comes from, and where answers go; the owner's address where nothing is given. */
    mailFrom: optionalAddress,
    mailReplyTo: optionalAddress,
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

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}

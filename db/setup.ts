import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isTimeZone, nameZone } from '@/scheduling/zone';
import { emailAddress, issuesOf, personName } from './booking-request';
import { POLICIES } from './cast';
import { transact } from './client';
import { firstOffer, openOffer } from './first-offer';
import { type Invalid, invalid } from './invalid';
import { practices, users } from './schema';

const line = z
  .string()
  .trim()
  .max(200, 'Please keep this to 200 characters.')
  .regex(/^\P{Cc}*$/u, 'Please write this on one line.');

const currencyCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'Give a currency such as EUR or USD.');

const practiceWith = (currency: string) =>
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
    phone: line,
    /** Without it nothing can be booked yet. */
    offer: firstOffer(currency).optional(),
  });

export type NewPractice = z.input<ReturnType<typeof practiceWith>>;

/** Makes the practice of an empty database, the owner who will sign in to it, and what it opens with. */
export async function setUpPractice(
  wanted: NewPractice,
  now: number,
): Promise<{ ok: true } | Invalid | { ok: false; reason: 'exists'; name: string }> {
  // A currency that is none is told of below; what the prices would be in it is no matter then.
  const parsed = practiceWith(currencyCode.safeParse(wanted.currency).data ?? 'EUR').safeParse(wanted);
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
    if (offer) await openOffer(tx, offer, { userId, timeZone: practice.timeZone });
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

import { asc } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { cachedWhileOfferStands } from '@/db/connection/read-cache';
import { cleanLine } from '@/db/input/clean-text';
import { derivePhoneCountry, formatPhoneLink } from '@/db/input/phone-numbers';
import { holidays, practices } from '@/db/schema';
import type { NotificationPractice } from '@/scheduling/notification-types';
import { canonicalZoneName } from '@/scheduling/zone-names';

export type Practice = typeof practices.$inferSelect & {
  /** The `tel:` link; null without a phone number that can be dialled. */
  phoneLink: string | null;
};

export interface Holiday {
  on: string;
  name: string;
}

const selectPractice = preparedQuery((on) => on.select().from(practices));

/** The only practice in this database. */
export async function getPractice(db?: Db): Promise<Practice> {
  const from = db ?? (await reader());
  const [practice] = await cachedWhileOfferStands(from, 'practice', async () =>
    (await selectPractice(from)).map(asShown),
  );
  if (!practice) throw new Error('This database has no practice yet: run "npm run setup".');
  return practice;
}

/** Normalises values that an older version stored as they were typed. */
function asShown(practice: typeof practices.$inferSelect): Practice {
  const { timeZone, name, address, phone } = practice;
  return {
    ...practice,
    timeZone: canonicalZoneName(timeZone),
    name: cleanLine(name),
    address: cleanLine(address),
    phone: cleanLine(phone),
    phoneLink: phoneLinkOf(practice),
  };
}

let lastPhone: { key: string; link: string | null } | undefined;

/** Cached: parsing a number takes longer than reading the practice, which every transaction does. */
function phoneLinkOf(practice: typeof practices.$inferSelect): string | null {
  const { phone, timeZone, locale, country } = practice;
  const key = JSON.stringify([phone, timeZone, locale, country]);
  if (lastPhone?.key !== key) lastPhone = { key, link: formatPhoneLink(phone, derivePhoneCountry(practice)) };
  return lastPhone.link;
}

/** Days on which nobody works, earliest first. */
export async function listPracticeHolidays(): Promise<Holiday[]> {
  return (await reader()).select().from(holidays).orderBy(asc(holidays.on));
}

/** The practice as its mail names it. A sender in the environment takes precedence over the practice's own. */
export function toNotificationPractice(practice: Practice): NotificationPractice {
  const { name, address, phone, email, timeZone, currency, locale, mailLanguage: language, isDemo, colour } = practice;
  const mailFrom = process.env.MAIL_FROM || practice.mailFrom;
  const mailReplyTo = process.env.MAIL_REPLY_TO || practice.mailReplyTo;
  const { mailOpening: opening, mailClosing: closing } = practice;
  const sender = { ...(mailFrom && { mailFrom }), ...(mailReplyTo && { mailReplyTo }) };
  const words = { ...(opening && { opening }), ...(closing && { closing }) };
  return { name, address, phone, email, ...sender, ...words, timeZone, currency, locale, language, isDemo, colour };
}

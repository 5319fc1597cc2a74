import { asc } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { cleanLine } from '@/db/input/clean-text';
import { derivePhoneCountry, formatPhoneLink } from '@/db/input/phone-numbers';
import { holidays, practices } from '@/db/schema';
import type { NotificationPractice } from '@/scheduling/notification-types';
import { canonicalZoneName } from '@/scheduling/zone-names';

export type Practice = typeof practices.$inferSelect & {
  /** What a link to its phone number dials; null without a number that can be dialled. */
  phoneLink: string | null;
};

export interface Holiday {
  on: string;
  name: string;
}

const selectPractice = preparedQuery((on) => on.select().from(practices));

/** The one practice of this database. */
export async function getPractice(db?: Db): Promise<Practice> {
  const from = db ?? (await reader());
  const [practice] = await cachedUntilCommit(from, 'practice', async () => (await selectPractice(from)).map(asShown));
  if (!practice) throw new Error('This database has no practice yet: run "npm run setup".');
  return practice;
}

/** What an older version took as it was typed, in one form. */
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

/** Parsing a number takes longer than reading the practice, which each transaction does anew. */
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

/** As its mail names it. The environment says more than the practice does of who it comes from. */
export function toNotificationPractice(practice: Practice): NotificationPractice {
  const { name, address, phone, email, timeZone, currency, locale, mailLanguage: language, isDemo, colour } = practice;
  const mailFrom = process.env.MAIL_FROM || practice.mailFrom;
  const mailReplyTo = process.env.MAIL_REPLY_TO || practice.mailReplyTo;
  const { mailOpening: opening, mailClosing: closing } = practice;
  const sender = { ...(mailFrom && { mailFrom }), ...(mailReplyTo && { mailReplyTo }) };
  const words = { ...(opening && { opening }), ...(closing && { closing }) };
  return { name, address, phone, email, ...sender, ...words, timeZone, currency, locale, language, isDemo, colour };
}

import { eq } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { clients, series } from '@/db/schema';
import { chooseMailLanguage, type MailLanguage } from '@/scheduling/mail-language';

/** The language of the files of a plan, for whoever has its link. */
export async function getLanguageOfLinkViewer({ seriesId }: Extract<Viewer, { role: 'link' }>): Promise<MailLanguage> {
  return getLanguageOfSeries(await reader(), seriesId);
}

/** The language of messages to the client of a series. */
export async function getLanguageOfSeries(db: Db, seriesId: string): Promise<MailLanguage> {
  const found = await db
    .select({ language: clients.language })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  return choose(db, found);
}

/** The language of e-mails to an address: that of the clients who share it, where they have the same. */
export async function getLanguageOfAddress(db: Db, email: string): Promise<MailLanguage> {
  const found = await db.select({ language: clients.language }).from(clients).where(eq(clients.email, email));
  return choose(db, found);
}

async function choose(db: Db, found: { language: string }[]): Promise<MailLanguage> {
  const { mailLanguage } = await getPractice(db);
  return chooseMailLanguage(
    found.map(({ language }) => language),
    mailLanguage,
  );
}

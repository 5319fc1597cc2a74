import { eq, or } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Picture } from '@/db/input/uploaded-picture';
import { pictures, practices, therapists } from '@/db/schema';
import { getPractice } from './practice';

/** A picture that is shown somewhere; null for any other id. */
export async function getPicture(id: string): Promise<Omit<Picture, 'id'> | null> {
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  const [found] = await (await reader()).select().from(pictures).where(eq(pictures.id, id));
  return found ? { type: found.type, bytes: Buffer.from(found.bytes, 'base64') } : null;
}

/** Larger logos are left out of e-mails: each would carry one. */
const MOST_MAILED_BYTES = 100_000;

/** The practice's logo for its e-mails; undefined where it has none that every mail program shows, or one too large. */
export async function getMailedMark(): Promise<{ type: string; base64: string } | undefined> {
  const { markId } = await getPractice();
  const mark = markId === null ? null : await getPicture(markId);
  if (!mark || mark.type === 'image/webp' || mark.bytes.length > MOST_MAILED_BYTES) return undefined;
  return { type: mark.type, base64: mark.bytes.toString('base64') };
}

export async function storePicture(tx: Db, { id, type, bytes }: Picture, now: number): Promise<void> {
  await tx
    .insert(pictures)
    .values({ id, type, bytes: bytes.toString('base64'), createdAt: now })
    .onConflictDoNothing();
}

/** Deletes a picture that nothing shows any more. */
export async function deletePictureIfUnused(tx: Db, id: string | null): Promise<void> {
  if (id === null) return;
  const used = await tx
    .select({ id: practices.id })
    .from(practices)
    .leftJoin(therapists, eq(therapists.portraitId, id))
    .where(or(eq(practices.markId, id), eq(therapists.portraitId, id)))
    .limit(1);
  if (used.length === 0) await tx.delete(pictures).where(eq(pictures.id, id));
}

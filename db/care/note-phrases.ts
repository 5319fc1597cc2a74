import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { MAX_NOTE_SHORT_TEXT_LENGTH, type NoteField, noteFields } from '@/care/session-notes';
import { decrypt, encrypt } from '@/db/access/encryption';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { cleanLine, hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, toIssues } from '@/db/input/field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { notePhrases } from '@/db/schema';

// Phrases that a therapist often writes. Each therapist has their own; nobody else sees them, not even the owner.

export interface NotePhrase {
  id: string;
  field: NoteField;
  words: string;
}

const PURPOSE = 'note phrases';
const MOST_PHRASES = 60;

const phrase = z.object({
  field: z.enum(noteFields, 'Choose the field it is for.'),
  words: z
    .string()
    .max(MAX_NOTE_SHORT_TEXT_LENGTH * 20)
    .transform((text) => cleanLine(text.replace(/\s+/g, ' ')))
    .pipe(
      z
        .string()
        .min(1, 'Write the phrase.')
        .refine(
          (text) => hasAtMostLetters(text, MAX_NOTE_SHORT_TEXT_LENGTH),
          `Please keep a phrase to ${MAX_NOTE_SHORT_TEXT_LENGTH} characters.`,
        )
        .refine(
          (text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text),
          'Please leave out special control characters.',
        ),
    ),
});

/** The viewer's own phrases, oldest first. */
export async function listNotePhrases(viewer: Staff): Promise<NotePhrase[]> {
  const own = ownerOf(viewer);
  return own === null ? [] : readPhrases(await reader(), own);
}

/** Adds a phrase for the viewer. A phrase that exists already is not added twice. */
export async function addNotePhrase(
  viewer: Staff,
  request: { field: string; words: string },
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'not_found'>> {
  const own = ownerOf(viewer);
  if (own === null) return { ok: false, reason: 'not_found' };
  const parsed = phrase.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { field, words } = parsed.data;
  return transact(async (tx) => {
    const existing = await readPhrases(tx, own);
    if (existing.some((phrase) => phrase.field === field && phrase.words === words)) return { ok: true as const };
    if (existing.length >= MOST_PHRASES)
      return invalid([{ path: ['words'], message: `There is room for ${MOST_PHRASES} phrases. Remove one first.` }]);
    await tx
      .insert(notePhrases)
      .values({ id: randomUUID(), therapistId: own, field, sealedPhrase: encryptNotePhrase(words), createdAt: now });
    return { ok: true as const };
  });
}

/** Removes one of the viewer's own phrases. Succeeds also if it is gone already. */
export async function removeNotePhrase(viewer: Staff, id: string): Promise<void> {
  const own = ownerOf(viewer);
  if (own === null || !isPossibleId(id)) return;
  await transact((tx) => tx.delete(notePhrases).where(and(eq(notePhrases.id, id), eq(notePhrases.therapistId, own))));
}

export function encryptNotePhrase(words: string): string {
  return encrypt(words, PURPOSE);
}

function ownerOf(viewer: Staff): string | null {
  return isTherapistOrOwner(viewer) ? viewer.therapistId : null;
}

async function readPhrases(db: Db, therapistId: string): Promise<NotePhrase[]> {
  const found = await db
    .select()
    .from(notePhrases)
    .where(eq(notePhrases.therapistId, therapistId))
    .orderBy(asc(notePhrases.createdAt), asc(notePhrases.id));
  return found.flatMap(({ id, field, sealedPhrase }) => {
    const words = decrypt(sealedPhrase, PURPOSE);
    const known = noteFields.find((name) => name === field);
    return words === null || !known ? [] : [{ id, field: known, words }];
  });
}

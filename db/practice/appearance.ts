import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner, TherapistOrOwner } from '@/db/access/viewer';
import { reader, transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { type PictureProblem, parseUploadedPicture } from '@/db/input/uploaded-picture';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { practices, therapists } from '@/db/schema';
import { deletePictureIfUnused, storePicture } from './pictures';
import { getPractice, type Practice } from './practice';

// How the practice looks to its visitors: its colour, its mark, and the portraits of its therapists.

/** Each colour has its values in app/globals.css, for light and dark. */
export const PRACTICE_COLOURS = ['green', 'blue', 'plum', 'rose', 'ochre', 'grey'] as const;
export type PracticeColour = (typeof PRACTICE_COLOURS)[number];

const look = z.object({ colour: z.enum(PRACTICE_COLOURS, 'Choose one of these colours.'), namesSoftware: z.boolean() });

export type Appearance = z.infer<typeof look>;

export function pickAppearance({ colour, namesSoftware }: Practice): Appearance {
  return { colour: PRACTICE_COLOURS.find((known) => known === colour) ?? 'green', namesSoftware };
}

/** A new picture, or `remove`, or `keep` the one that is there. */
export type PictureChange = { file: Buffer } | 'remove' | 'keep';

/** `seen` is what the form was filled from, as JSON. Nothing is written if that has changed since. */
export async function changeAppearance(
  viewer: Owner,
  { mark, ...values }: { colour: string; namesSoftware: boolean; mark: PictureChange },
  seen: string,
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'changed_since'>> {
  const parsed = look.safeParse(values);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const read = readChange(mark);
  if (!read.ok) return invalid([{ path: ['mark'], message: read.message }]);
  return transact(async (tx) => {
    const before = await getPractice(tx);
    if (JSON.stringify(pickAppearance(before)) !== seen)
      return { ok: false as const, reason: 'changed_since' as const };
    if (read.picture) await storePicture(tx, read.picture, now);
    const markId = mark === 'keep' ? before.markId : (read.picture?.id ?? null);
    await tx.update(practices).set({ ...parsed.data, markId });
    if (markId !== before.markId) await deletePictureIfUnused(tx, before.markId);
    const changed = [
      ...(['colour', 'namesSoftware'] as const).filter((field) => parsed.data[field] !== before[field]),
      ...(markId === before.markId ? [] : ['mark']),
    ];
    const event = { at: now, actor: getAuditActor(viewer), action: 'look changed' as const, subject: 'practice' };
    await recordEvent(tx, { ...event, facts: { changed } });
    return { ok: true as const };
  });
}

export interface PortraitView {
  therapistId: string;
  name: string;
  portraitId: string | null;
}

/** The portrait that a viewer may change: their own, or anybody's for the owner. Otherwise null. */
export async function findEditablePortrait(
  viewer: TherapistOrOwner,
  therapistId?: string,
): Promise<PortraitView | null> {
  const id = viewer.role === 'owner' ? therapistId : viewer.therapistId;
  if (!id || (therapistId !== undefined && therapistId !== id)) return null;
  const [found] = await (await reader())
    .select({ therapistId: therapists.id, name: therapists.name, portraitId: therapists.portraitId })
    .from(therapists)
    .where(eq(therapists.id, id));
  return found ?? null;
}

export async function changePortrait(
  viewer: TherapistOrOwner,
  { therapistId, portrait }: { therapistId: string; portrait: Exclude<PictureChange, 'keep'> },
  { now }: Clock,
): Promise<{ ok: true; portraitId: string | null } | Refusal<'not_found'> | (PictureProblem & { reason: 'invalid' })> {
  const found = await findEditablePortrait(viewer, therapistId);
  if (!found) return { ok: false, reason: 'not_found' };
  const read = readChange(portrait);
  if (!read.ok) return { ...read, reason: 'invalid' };
  return transact(async (tx) => {
    const [before] = await tx
      .select({ portraitId: therapists.portraitId })
      .from(therapists)
      .where(eq(therapists.id, therapistId));
    if (read.picture) await storePicture(tx, read.picture, now);
    const portraitId = read.picture?.id ?? null;
    await tx.update(therapists).set({ portraitId }).where(eq(therapists.id, therapistId));
    if (before && before.portraitId !== portraitId) await deletePictureIfUnused(tx, before.portraitId);
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      action: 'portrait changed' as const,
      subject: `therapist:${therapistId}`,
    };
    await recordEvent(tx, { ...event, facts: {} });
    return { ok: true as const, portraitId };
  });
}

function readChange(change: PictureChange) {
  return typeof change === 'string' ? { ok: true as const, picture: null } : parseUploadedPicture(change.file);
}

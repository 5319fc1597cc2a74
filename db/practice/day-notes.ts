import { randomUUID } from 'node:crypto';
import { and, asc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { identifierSchema, toIssues } from '@/db/input/field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { dayNotes, therapists } from '@/db/schema';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { singleLineSchema } from './practice-field-schemas';

// What staff write on a day of the calendar, for one therapist or for everyone. All staff can read all notes. A
// therapist writes for themselves and for everyone; staff who manage the calendar write for anybody.

export interface DayNote {
  id: string;
  on: string;
  /** Null: for everyone. */
  therapistId: string | null;
  words: string;
  version: number;
}

export type WriteNoteResult =
  | { ok: true; id: string }
  | Invalid
  | Refusal<'not_found'>
  /** Somebody else has changed the note since it was read. Nothing was overwritten. */
  | { ok: false; reason: 'changed_since'; note: DayNote };

const MOST_OF_A_DAY = 20;

const note = z.object({
  on: z.string().refine(isDayWithinSupportedYears, 'Choose a day of the calendar.'),
  therapistId: identifierSchema.nullable(),
  words: singleLineSchema.pipe(z.string().min(1, 'Write what the day is to say.')),
});

const NOTE = {
  id: dayNotes.id,
  on: dayNotes.on,
  therapistId: dayNotes.therapistId,
  words: dayNotes.words,
  version: dayNotes.version,
};

/** The notes from the day `from` up to, not including, the day `to`. Within a day, those for everyone come first. */
export async function listDayNotes(_viewer: Staff, { from, to }: { from: string; to: string }): Promise<DayNote[]> {
  const db = await reader();
  return db
    .select(NOTE)
    .from(dayNotes)
    .leftJoin(therapists, eq(therapists.id, dayNotes.therapistId))
    .where(and(gte(dayNotes.on, from), lt(dayNotes.on, to)))
    .orderBy(asc(dayNotes.on), sql`coalesce(${therapists.position}, -1)`, asc(dayNotes.words));
}

/** The note, if the viewer may change it; else null. */
export async function getDayNote(viewer: Staff, id: string, db?: Db): Promise<DayNote | null> {
  if (!isPossibleId(id)) return null;
  const [found] = await (db ?? (await reader()))
    .select(NOTE)
    .from(dayNotes)
    .where(and(eq(dayNotes.id, id), ownNotes(viewer)));
  return found ?? null;
}

/** Writes a new note, or with `changes` replaces the words of the version that was read. */
export async function writeDayNote(
  viewer: Staff,
  request: { on: string; therapistId: string | null; words: string; changes?: { id: string; version: number } },
  { now }: Clock,
): Promise<WriteNoteResult> {
  const parsed = note.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { on, therapistId, words } = parsed.data;
  const { changes } = request;
  return transact<WriteNoteResult>(async (tx) => {
    if (!(await mayWriteFor(tx, viewer, therapistId))) return { ok: false, reason: 'not_found' };
    if (!changes) {
      const existing = await tx.$count(dayNotes, eq(dayNotes.on, on));
      if (existing >= MOST_OF_A_DAY)
        return invalid([{ path: ['words'], message: `A day has ${MOST_OF_A_DAY} notes at most. Remove one first.` }]);
      const id = randomUUID();
      await tx.insert(dayNotes).values({ id, on, therapistId, words, version: 1, updatedAt: now });
      await record(tx, viewer, 'note written', { id, on, therapistId }, now);
      return { ok: true, id };
    }
    const found = await getDayNote(viewer, changes.id, tx);
    if (!found) return { ok: false, reason: 'not_found' };
    if (found.version !== changes.version) return { ok: false, reason: 'changed_since', note: found };
    await tx
      .update(dayNotes)
      .set({ on, therapistId, words, version: found.version + 1, updatedAt: now })
      .where(eq(dayNotes.id, found.id));
    await record(tx, viewer, 'note changed', { id: found.id, on, therapistId }, now);
    return { ok: true, id: found.id };
  });
}

export async function removeDayNote(
  viewer: Staff,
  { id, version }: { id: string; version: number },
  { now }: Clock,
): Promise<{ ok: true } | Exclude<WriteNoteResult, { ok: true } | Invalid>> {
  return transact(async (tx) => {
    const found = await getDayNote(viewer, id, tx);
    if (!found) return { ok: false as const, reason: 'not_found' as const };
    if (found.version !== version) return { ok: false as const, reason: 'changed_since' as const, note: found };
    await tx.delete(dayNotes).where(eq(dayNotes.id, id));
    await record(tx, viewer, 'note removed', found, now);
    return { ok: true as const };
  });
}

function ownNotes(viewer: Staff) {
  if (managesAllCalendars(viewer)) return undefined;
  return or(isNull(dayNotes.therapistId), eq(dayNotes.therapistId, viewer.therapistId ?? ''));
}

async function mayWriteFor(db: Db, viewer: Staff, therapistId: string | null): Promise<boolean> {
  if (therapistId === null) return true;
  if (!managesAllCalendars(viewer)) return viewer.therapistId === therapistId;
  return (await db.$count(therapists, eq(therapists.id, therapistId))) > 0;
}

/** The words stay in the note alone, because the trail of changes is stored for longer. */
function record(
  tx: Db,
  viewer: Staff,
  action: AuditAction,
  { id, on, therapistId }: Pick<DayNote, 'id' | 'on' | 'therapistId'>,
  now: number,
) {
  return recordEvent(tx, {
    at: now,
    actor: getAuditActor(viewer),
    action,
    subject: `day_note:${id}`,
    facts: { on, therapistId },
  });
}

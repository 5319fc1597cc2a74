import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import { type EventActor, findActorNames, getAuditActor } from '@/db/access/audit-trail';
import type { Staff, Viewer } from '@/db/access/viewer';
import { visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, clients, noteReadings, series, sessionNotes } from '@/db/schema';
import { findHealthAccess } from './health-access';

// Records who read which note, and when, before the note is shown. The client may see this log.

/** Opening a page again within this time counts as the same reading. */
const ONE_READING_MS = 15 * 60_000;

/** One reading, as the client sees it. */
export interface NoteReadLogEntry {
  id: string;
  at: number;
  by: EventActor;
  /** When the session of the note began. */
  sessionAt: number;
}

/** Records that the viewer reads these notes. A reading that goes on is not recorded again. */
export async function recordNotesRead(viewer: Staff, appointmentIds: string[], { now }: Clock): Promise<void> {
  if (appointmentIds.length === 0) return;
  const actor = getAuditActor(viewer);
  if ((await unread(await reader(), actor, appointmentIds, now)).length === 0) return;
  await transact(async (tx) => {
    const ids = await unread(tx, actor, appointmentIds, now);
    // A note that has just been erased was not read.
    const existing = await tx
      .select({ id: sessionNotes.appointmentId })
      .from(sessionNotes)
      .where(inArray(sessionNotes.appointmentId, ids));
    for (const { id } of existing)
      await tx.insert(noteReadings).values({ id: randomUUID(), appointmentId: id, at: now, actor });
  });
}

async function unread(db: Db, actor: string, ids: string[], now: number): Promise<string[]> {
  const read = await db
    .select({ id: noteReadings.appointmentId })
    .from(noteReadings)
    .where(
      and(
        inArray(noteReadings.appointmentId, ids),
        eq(noteReadings.actor, actor),
        gt(noteReadings.at, now - ONE_READING_MS),
      ),
    );
  return ids.filter((id) => read.every((note) => note.id !== id));
}

const MOST_READINGS = 200;

/**
 * Who has read the notes of the viewer's own sessions, newest first. A link sees those of its own series. This is for
 * clients: staff get an empty list.
 */
export async function listNoteReadLogForClient(viewer: Viewer): Promise<NoteReadLogEntry[]> {
  if (viewer.role !== 'link' && viewer.role !== 'client') return [];
  const db = await reader();
  const access = viewer.role === 'link' ? await findHealthAccess(db, viewer) : null;
  const isOwn = access ? inArray(series.id, access.seriesIds) : visibleSeriesCondition(db, viewer);
  const found = await db
    .select({
      id: noteReadings.id,
      at: noteReadings.at,
      actor: noteReadings.actor,
      sessionAt: appointments.startAt,
    })
    .from(noteReadings)
    .innerJoin(appointments, eq(appointments.id, noteReadings.appointmentId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(isOwn)
    .orderBy(desc(noteReadings.at), desc(noteReadings.id))
    .limit(MOST_READINGS);
  const names = await findActorNames(
    db,
    found.map(({ actor }) => actor),
  );
  return found.map(({ actor, ...reading }) => ({ ...reading, by: names.get(actor)! }));
}

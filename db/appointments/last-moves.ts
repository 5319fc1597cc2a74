import { and, asc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { getAuditActor } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import { appointments, auditEvents } from '@/db/schema';

/** Where a date was booked before it was moved to its present time, and who moved it there. */
export interface LastMove {
  /** Its place in the plan if it was ever there, or else its start before the last move. */
  from: number;
  isByClient: boolean;
}

/**
 * The last moves of those dates that are not at their place in the plan, by uid. A date that was moved together with
 * others, or booked at another time from the start, has none.
 */
export async function listLastMoves(viewer: Extract<Viewer, { role: 'link' }>): Promise<Record<string, LastMove>> {
  const db = await reader();
  const dates = await db
    .select({ uid: appointments.id, startsAt: appointments.startAt, nominalStartsAt: appointments.nominalStartAt })
    .from(appointments)
    .where(
      and(
        eq(appointments.seriesId, viewer.seriesId),
        isNotNull(appointments.movedAt),
        ne(appointments.startAt, appointments.nominalStartAt),
      ),
    );
  if (dates.length === 0) return {};
  const subjectOf = (uid: string) => `appointment:${uid}`;
  const isOfThem = inArray(
    auditEvents.subject,
    dates.map(({ uid }) => subjectOf(uid)),
  );
  const moves = await db
    .select({ subject: auditEvents.subject, actor: auditEvents.actor, facts: auditEvents.facts })
    .from(auditEvents)
    .where(and(isOfThem, eq(auditEvents.action, 'moved')))
    .orderBy(asc(auditEvents.at));
  const found: Record<string, LastMove> = {};
  for (const { uid, startsAt, nominalStartsAt } of dates) {
    const ofIt = moves.filter(({ subject, facts }) => subject === subjectOf(uid) && facts.from !== facts.to);
    // A later move of the whole plan, or an undone one, leaves it elsewhere than its own last move led.
    const last = ofIt.findLast(({ facts }) => facts.to === startsAt);
    if (!last) continue;
    const wasAtPlace = ofIt.some(({ facts }) => facts.from === nominalStartsAt);
    const from = wasAtPlace ? nominalStartsAt : last.facts.from;
    if (typeof from === 'number') found[uid] = { from, isByClient: last.actor === getAuditActor(viewer) };
  }
  return found;
}

import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { encrypt } from '@/db/access/encryption';
import type { Staff } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { lockPractice } from '@/db/practice/lock-practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { calendarImports, externalBusyTimes, therapists } from '@/db/schema';
import { unionIntervals } from '@/scheduling/interval-arithmetic';
import {
  CALENDAR_ADDRESS_ENCRYPTION_PURPOSE,
  type CalendarImportProblem,
  releaseExternalBusyTimes,
} from './import-busy-times';

// The address of a therapist's own calendar elsewhere. Nobody may book the therapist during its busy times.

export interface CalendarImportView {
  host: string;
  /** When it was last read; null when it never was. */
  readAt: number | null;
  problem: CalendarImportProblem | null;
  /** How many separate stretches of time are blocked because of it. */
  stretches: number;
}

/** The viewer's own import; null where they have none. */
export async function getCalendarImport(viewer: Staff): Promise<CalendarImportView | null> {
  if (viewer.therapistId === null) return null;
  const db = await reader();
  const [found] = await db.select().from(calendarImports).where(eq(calendarImports.therapistId, viewer.therapistId));
  if (!found) return null;
  const { id, host, readAt, problem } = found;
  const pieces = await db
    .select({ start: externalBusyTimes.startAt, end: externalBusyTimes.endAt })
    .from(externalBusyTimes)
    .where(eq(externalBusyTimes.importId, id));
  return { host, readAt, problem: problem as CalendarImportProblem | null, stretches: unionIntervals(pieces).length };
}

/** Replaces the previous address, whose times are free again. The new one is read within a minute. */
export async function setCalendarImport(
  viewer: Staff,
  input: string,
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'not_found'>> {
  const address = readAddress(input);
  if (!address) {
    const message = 'Write the address of a calendar: it begins with https:// or webcal://.';
    return invalid([{ path: ['address'], message }]);
  }
  return transact(async (tx) => {
    // If the button is pressed twice, the second address replaces the first.
    await lockPractice(tx);
    const therapistId = await findOwn(tx, viewer);
    if (!therapistId) return { ok: false as const, reason: 'not_found' as const };
    await removeAll(tx, therapistId, now);
    await tx.insert(calendarImports).values({
      ...{
        id: randomUUID(),
        therapistId,
        sealedAddress: encrypt(address.href, CALENDAR_ADDRESS_ENCRYPTION_PURPOSE),
        host: address.hostname,
      },
      ...{ etag: null, readAt: null, expandedAt: null, problem: null, busy: [], nextAt: now, createdAt: now },
    });
    await record(tx, viewer, therapistId, 'busy calendar set', now);
    return { ok: true as const };
  });
}

/** Removes the import; its times are free again. */
export async function deleteCalendarImport(
  viewer: Staff,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const therapistId = await findOwn(tx, viewer);
    if (!therapistId || !(await removeAll(tx, therapistId, now)))
      return { ok: false as const, reason: 'not_found' as const };
    await record(tx, viewer, therapistId, 'busy calendar removed', now);
    return { ok: true as const };
  });
}

/** The URL to fetch; null for anything that is not an https address, or that contains a user name or password. */
function readAddress(input: string): URL | null {
  const text = input.trim().replace(/^webcals?:\/\//i, 'https://');
  if (text.length > 2_000 || !URL.canParse(text)) return null;
  const address = new URL(text);
  return address.protocol === 'https:' && address.username === '' && address.password === '' ? address : null;
}

async function findOwn(db: Db, { therapistId }: Staff): Promise<string | null> {
  const isTheirs = and(eq(therapists.id, therapistId ?? ''), eq(therapists.isActive, true));
  const [own] = await db.select({ id: therapists.id }).from(therapists).where(isTheirs);
  return own?.id ?? null;
}

async function removeAll(tx: Db, therapistId: string, now: number): Promise<boolean> {
  // Locks the row: a concurrent import has stored what it read by now, or will find no row to store it for.
  await tx.update(calendarImports).set({ nextAt: now }).where(eq(calendarImports.therapistId, therapistId));
  const pieces = await tx.delete(externalBusyTimes).where(eq(externalBusyTimes.therapistId, therapistId)).returning();
  await releaseExternalBusyTimes(tx, pieces, now);
  const removed = await tx.delete(calendarImports).where(eq(calendarImports.therapistId, therapistId)).returning();
  return removed.length > 0;
}

async function record(tx: Db, viewer: Staff, therapistId: string, action: AuditAction, now: number): Promise<void> {
  const subject = `therapist:${therapistId}`;
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject, facts: {} });
}

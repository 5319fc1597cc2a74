import { eq, isNull } from 'drizzle-orm';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { appointments, waitlistEntries } from '@/db/schema';
import { endWaitlistEntry } from './confirm-and-end-entries';
import { continueOnError } from './continue-on-error';
import { mayMoveSooner } from './may-move-sooner';

/** Ends entries that wait for something sooner than a date that is over, is cancelled, or can no longer be moved. */
export async function endStaleSoonerEntries(now: number): Promise<void> {
  const db = await reader();
  const waiting = await db
    .select({
      id: waitlistEntries.id,
      held: { status: appointments.status, startAt: appointments.startAt, moves: appointments.movesByClient },
    })
    .from(waitlistEntries)
    .innerJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(isNull(waitlistEntries.endedAt));
  if (waiting.length === 0) return;
  const practice = await getPractice(db);
  for (const { id } of waiting.filter((entry) => !mayMoveSooner(entry.held, practice, now)))
    await continueOnError(`entry ${id} could not be ended`, () =>
      endWaitlistEntry({ role: 'reader' }, id, 'removed', { now }),
    );
}

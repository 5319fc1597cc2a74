import { and, desc, eq, lte } from 'drizzle-orm';
import { type BodyMarkKindByAreaId, listSensitiveFocus } from '@/care/body-areas';
import { listSensitiveAreasOfQuestionPage, type SensitiveArea, sensitiveAreas } from '@/care/sensitive-areas';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { appointments, seriesQuestionPages, sessionNotes } from '@/db/schema';
import type { SessionCheckAnswers } from './health-answer-encryption';
import { decryptSessionNote } from './note-encryption';

/**
 * The sensitive places near which the therapist may work: from the question that the client came with, and from the
 * areas marked in the last note of this plan. The front desk may not learn where somebody was treated, so it asks
 * everybody about every place, whatever the note says.
 */
export async function listAreasToAskAbout(db: Db, row: AppointmentRow, mayRead: boolean): Promise<SensitiveArea[]> {
  if (!mayRead) return sensitiveAreas;
  const [question] = await db
    .select({ slug: seriesQuestionPages.questionSlug })
    .from(seriesQuestionPages)
    .where(eq(seriesQuestionPages.seriesId, row.seriesId));
  const ofPage = listSensitiveAreasOfQuestionPage(question?.slug ?? null);
  const marked = await readMarkedAreas(db, row);
  return [...new Set([...ofPage, ...listSensitiveFocus(marked)])];
}

/**
 * From the latest session of the same plan that has a note: the holder of this link must not learn about other plans.
 */
async function readMarkedAreas(db: Db, { seriesId, startAt }: AppointmentRow): Promise<BodyMarkKindByAreaId> {
  const [latest] = await db
    .select({ sealedContent: sessionNotes.sealedContent })
    .from(sessionNotes)
    .innerJoin(appointments, eq(appointments.id, sessionNotes.appointmentId))
    .where(and(eq(appointments.seriesId, seriesId), lte(appointments.startAt, startAt)))
    .orderBy(desc(appointments.startAt), desc(appointments.id))
    .limit(1);
  return (latest && decryptSessionNote(latest.sealedContent)?.areas) ?? {};
}

/** Whether a sensitive place must be asked about that has no answer yet. */
export function hasUnansweredSensitiveArea(
  askedAreas: SensitiveArea[],
  areaAnswers: SessionCheckAnswers['areas'],
): boolean {
  return askedAreas.some((area) => areaAnswers?.[area] === undefined);
}

import { eq } from 'drizzle-orm';
import { listHealthAlerts, UNDER_18_ALERT } from '@/care/health-alerts';
import { sensitiveAreaNames, sensitiveAreas } from '@/care/sensitive-areas';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { appointments } from '@/db/schema';
import { isClientUnder18 } from './consents';
import { findHealthAccess } from './health-access';
import { decryptIntake, type SessionCheckAnswers } from './health-answer-encryption';
import { listIntakes } from './intake';
import { getSessionCheckAnswer } from './session-check-answers';

/** Answers that cannot be decrypted may be the worst ones. */
const UNREADABLE = 'What they said about their health cannot be shown here: ask before you begin';

/**
 * What the therapist has to keep in mind in one session: from the latest complete health form, and from the check
 * before this session. Empty for a viewer who may not know.
 */
export async function listHealthAlertsOfSession(viewer: TherapistOrOwner, uid: string): Promise<string[]> {
  if (!isPossibleId(uid)) return [];
  const db = await reader();
  const [session] = await db
    .select({ id: appointments.id, clientId: appointments.clientId, startAt: appointments.startAt })
    .from(appointments)
    .where(eq(appointments.id, uid));
  const access = session && (await findHealthAccess(db, viewer, session.clientId));
  if (!access) return [];
  const form = (await listIntakes(db, access.seriesIds)).find(({ finishedAt }) => finishedAt !== null);
  const checkAnswer = await getSessionCheckAnswer(db, session);
  const sources = [form && decryptIntake(form.sealedIntake), checkAnswer?.answers];
  const lines = sources.flatMap((answers) => {
    if (answers === undefined) return [];
    return answers === null ? [UNREADABLE] : listHealthAlerts(answers.answers, answers.about);
  });
  const under18 = (await isClientUnder18(db, session.clientId)) ? [UNDER_18_ALERT] : [];
  return [...new Set([...under18, ...lines, ...listPlacesNotAllowed(checkAnswer?.answers?.areas)])];
}

function listPlacesNotAllowed(areas: SessionCheckAnswers['areas'] | undefined): string[] {
  const places = sensitiveAreas.filter((area) => areas?.[area] === 'no');
  return places.length === 0 ? [] : [`This session not near ${places.map((id) => sensitiveAreaNames[id]).join(', ')}`];
}

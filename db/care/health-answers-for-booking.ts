import type { SafetyAnswers } from '@/care/safety';
import type { Db } from '@/db/connection/connection';
import { decryptIntake } from './health-answer-encryption';
import { isIntakeAnsweredAgain, listIntakes } from './intake';
import { listSessionCheckAnswers } from './session-check-answers';

// The health answers of clients that count for new bookings. Null stands for answers that cannot be decrypted: they may
// be the worst ones, so every rule treats them as a need for care until somebody who treats the client has discussed
// them.

export interface HealthAnswersForBooking {
  answers: SafetyAnswers | null;
  /** Somebody who treats the client has discussed the answers with them. */
  isSettled: boolean;
}

/**
 * The latest complete form, later unfinished ones, and the answers given before sessions that are not over. The caller
 * has checked who may know of them.
 */
export async function listHealthAnswersForBookingUnchecked(
  db: Db,
  seriesIds: string[],
  now: number,
): Promise<HealthAnswersForBooking[]> {
  const rows = await listIntakes(db, seriesIds);
  const latest = rows.find(({ finishedAt }) => finishedAt !== null);
  const forms = rows
    .filter((row) => row === latest || (row.finishedAt === null && !isIntakeAnsweredAgain(row, rows)))
    .map(({ sealedIntake, settledAt }) => ({
      answers: decryptIntake(sealedIntake)?.answers ?? null,
      isSettled: settledAt !== null,
    }));
  const checkAnswers = await listSessionCheckAnswers(db, seriesIds, now);
  return [...forms, ...checkAnswers.map((answers) => ({ answers, isSettled: false }))];
}

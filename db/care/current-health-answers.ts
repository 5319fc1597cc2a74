import type { SafetyAnswers } from '@/care/safety';
import type { Db } from '@/db/connection/connection';
import { decryptIntake } from './health-answer-encryption';
import { isIntakeAnsweredAgain, listIntakes } from './intake';
import { listSessionCheckAnswers } from './session-check-answers';

// What clients have said about their health that counts for what is booked from now on. Null where it cannot be read here: it may
// be the worst of it, so each rule takes it for a need of care, until somebody who treats them has talked it over.

export interface CurrentHealthAnswers {
  answers: SafetyAnswers | null;
  /** Somebody who treats them has talked it over with them. */
  isSettled: boolean;
}

/** The latest form that is whole, those only begun since, and what was said before the sessions that are not over. */
export async function listCurrentHealthAnswers(
  db: Db,
  seriesIds: string[],
  now: number,
): Promise<CurrentHealthAnswers[]> {
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

import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import { judgeProgress, type Progress } from '@/care/progress';
import { reader } from '@/db/connection/database-client';
import { appointments, consents, consentWithdrawals, scores, series, seriesQuestionPages } from '@/db/schema';
import { decryptScore } from './pain-score-encryption';
import { extractUsualPainScores } from './pain-scores';

/** How many clients came with one question, and how their scores developed. */
export interface QuestionOutcomes {
  clients: number;
  verdicts: Record<Exclude<Progress['verdict'], 'too_few'>, number>;
}

/** With fewer clients nothing is shown: the figures would mean little, and each client could be recognised. */
const FEWEST_SEEN = 20;
/** With fewer scores there is no verdict. */
const FEWEST_SCORES = 7;

/**
 * The outcomes of the clients who came with a question, each counted once, by their latest plan that has a verdict.
 * Clients who withdrew their consent or were erased do not count. Null under twenty clients.
 */
export async function getQuestionOutcomes(questionSlug: string): Promise<QuestionOutcomes | null> {
  const db = await reader();
  const agreed = db
    .select({ id: series.clientId })
    .from(consents)
    .innerJoin(series, eq(series.id, consents.seriesId))
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(and(eq(consents.kind, 'health_kept'), isNull(consentWithdrawals.consentId)));
  // The score of a session that was cancelled, or to which nobody came, does not count.
  const isCounted = or(eq(scores.kind, 'before'), inArray(appointments.status, ['booked', 'completed']));
  const rows = await db
    .select({
      seriesId: series.id,
      clientId: series.clientId,
      kind: scores.kind,
      notedAt: scores.notedAt,
      sealedScore: scores.sealedScore,
    })
    .from(seriesQuestionPages)
    .innerJoin(series, eq(series.id, seriesQuestionPages.seriesId))
    .innerJoin(scores, eq(scores.seriesId, series.id))
    .leftJoin(appointments, eq(appointments.id, scores.slot))
    .where(and(eq(seriesQuestionPages.questionSlug, questionSlug), inArray(series.clientId, agreed), isCounted))
    .orderBy(desc(series.createdAt), desc(series.id));
  const plans = new Map<string, typeof rows>();
  for (const row of rows) plans.set(row.seriesId, [...(plans.get(row.seriesId) ?? []), row]);
  const verdicts = new Map<string, Exclude<Progress['verdict'], 'too_few'>>();
  const full = [...plans.values()].filter((noted) => noted.length >= FEWEST_SCORES);
  if (new Set(full.map(([first]) => first?.clientId)).size < FEWEST_SEEN) return null;
  for (const noted of full) {
    const { clientId } = noted[0]!;
    if (verdicts.has(clientId)) continue;
    const opened = noted.map(({ kind, notedAt, sealedScore }) => ({
      kind,
      notedAt,
      answers: decryptScore(sealedScore),
    }));
    const { verdict } = judgeProgress(extractUsualPainScores(opened));
    if (verdict !== 'too_few') verdicts.set(clientId, verdict);
  }
  if (verdicts.size < FEWEST_SEEN) return null;
  const counts: QuestionOutcomes['verdicts'] = {
    clearly_lower: 0,
    lower_could_be_chance: 0,
    no_clear_change: 0,
    higher: 0,
  };
  for (const verdict of verdicts.values()) counts[verdict]++;
  return { clients: verdicts.size, verdicts: counts };
}

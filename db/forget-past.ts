import { and, inArray, lt, lte } from 'drizzle-orm';
import { transact } from './client';
import { askedQuestions, bookingRequests, consents, idempotency, outbox, sessions, verificationTokens } from './schema';

const DAY_MS = 24 * 3_600_000;

/** How long something is kept once it has served its purpose. The privacy page says the same. */
export const KEPT_DAYS = {
  /** A question or a report, after it was answered. */
  answeredQuestion: 30,
  /** What lets the same booking be sent twice. */
  idempotencyKey: 1,
};

/** Deletes what is past its time. Each server may do it, as often as it likes. */
export async function forgetPast(now: number): Promise<void> {
  await transact(async (tx) => {
    const answered = await tx
      .select({ id: askedQuestions.id })
      .from(askedQuestions)
      .where(lt(askedQuestions.answeredAt, now - KEPT_DAYS.answeredQuestion * DAY_MS));
    const ids = answered.map(({ id }) => id);
    await tx.delete(consents).where(inArray(consents.askedId, ids));
    await tx.delete(askedQuestions).where(inArray(askedQuestions.id, ids));
    await tx.delete(idempotency).where(lt(idempotency.createdAt, now - KEPT_DAYS.idempotencyKey * DAY_MS));
    await tx.delete(bookingRequests).where(lte(bookingRequests.expiresAt, now));
    await tx.delete(verificationTokens).where(lt(verificationTokens.expires, new Date(now)));
    await tx.delete(sessions).where(lt(sessions.expires, new Date(now)));
    // A sign-in link that has run out opens nothing, and says whose it was.
    await tx
      .delete(outbox)
      .where(and(inArray(outbox.kind, ['sign_in', 'request']), lt(outbox.createdAt, now - DAY_MS * 30)));
  });
}

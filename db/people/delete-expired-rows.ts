import { and, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import { deleteUndoData } from '@/db/booking/delete-undo-data';
import { getConnection, transact } from '@/db/connection/database-client';
import { DAY_MS, RETENTION } from '@/db/retention';
import {
  addressChanges,
  allPlansLinks,
  appointments,
  askedQuestionReplies,
  askedQuestions,
  bookingRequests,
  calendarDepartures,
  clientMessages,
  clients,
  consents,
  dayNotes,
  followUps,
  handOverRequests,
  idempotencyKeys,
  intakes,
  outbox,
  practices,
  progressCheckIns,
  reminders,
  scoreEmails,
  scoreGoals,
  scoreMailOptOuts,
  scores,
  sessionChecks,
  sessions,
  verificationTokens,
} from '@/db/schema';
import { deleteOldEntries } from '@/db/waitlist/delete-old-entries';
import { toWallTime } from '@/scheduling/zone-conversion';

/**
 * Deletes rows whose retention has ended, also from the database files. Any server may run it, as often as it likes.
 */
export async function deleteExpiredRows(now: number): Promise<void> {
  const { whileErasing } = await getConnection();
  await whileErasing(() => deletePast(now), { isSmall: true });
}

function deletePast(now: number): Promise<void> {
  const daysAgo = (days: number) => now - days * DAY_MS;
  return transact(async (tx) => {
    const answeredIds = await tx
      .select({ id: askedQuestions.id })
      .from(askedQuestions)
      .where(lt(askedQuestions.answeredAt, daysAgo(RETENTION.answeredQuestionDays)));
    const replied = await tx
      .select({ id: askedQuestionReplies.askedId })
      .from(askedQuestionReplies)
      .where(lt(askedQuestionReplies.closedAt, daysAgo(RETENTION.answeredQuestionDays)));
    const ids = [...answeredIds, ...replied].map(({ id }) => id);
    await tx.delete(askedQuestionReplies).where(inArray(askedQuestionReplies.askedId, ids));
    await tx.delete(consents).where(inArray(consents.askedId, ids));
    await tx.delete(askedQuestions).where(inArray(askedQuestions.id, ids));
    await tx.delete(clientMessages).where(lt(clientMessages.sentAt, daysAgo(RETENTION.clientMessageDays)));
    await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, daysAgo(RETENTION.idempotencyKeyDays)));
    await tx.delete(bookingRequests).where(lte(bookingRequests.expiresAt, now));
    await tx.delete(handOverRequests).where(lt(handOverRequests.settledAt, daysAgo(RETENTION.settledHandOverDays)));
    await deleteUndoData(tx, daysAgo(1));
    await tx.delete(calendarDepartures).where(lte(calendarDepartures.leftAt, daysAgo(RETENTION.cancelledInFeedDays)));
    const [practice] = await tx.select({ timeZone: practices.timeZone }).from(practices);
    // Before the practice is set up there are no notes yet.
    const timeZone = practice?.timeZone ?? 'UTC';
    await tx.delete(dayNotes).where(lt(dayNotes.on, toWallTime(timeZone, daysAgo(RETENTION.dayNoteDays)).on));
    const entriesBefore = {
      unconfirmedBefore: daysAgo(RETENTION.unconfirmedEntryDays),
      endedBefore: daysAgo(RETENTION.endedEntryDays),
    };
    await deleteOldEntries(tx, entriesBefore, timeZone);
    // Kept as long as there is a plan that it leads to, and at least as long as its e-mail may take to be read.
    const isAddressOver = sql`not exists (select 1 from ${appointments} inner join ${clients} on ${clients.id} = ${appointments.clientId} where ${clients.email} = ${allPlansLinks.email} and ${appointments.endAt} >= ${daysAgo(RETENTION.afterLastDateDays)})`;
    await tx
      .delete(allPlansLinks)
      .where(and(lt(allPlansLinks.createdAt, daysAgo(RETENTION.afterLastDateDays)), isAddressOver));
    await tx.delete(verificationTokens).where(lt(verificationTokens.expires, new Date(now)));
    await tx.delete(addressChanges).where(lt(addressChanges.expiresAt, now));
    await tx.delete(sessions).where(lt(sessions.expires, new Date(now)));
    await tx
      .delete(intakes)
      .where(and(isNull(intakes.finishedAt), lt(intakes.savedAt, daysAgo(RETENTION.unfinishedAnswersDays))));
    for (const table of [intakes, scores, scoreGoals, scoreEmails, scoreMailOptOuts, progressCheckIns]) {
      const isLongOver = sql`not exists (select 1 from ${appointments} where ${appointments.seriesId} = ${table.seriesId} and ${appointments.endAt} >= ${daysAgo(RETENTION.healthAnswersDays)})`;
      await tx.delete(table).where(isLongOver);
    }
    await tx.delete(sessionChecks).where(lt(sessionChecks.startAt, daysAgo(RETENTION.healthAnswersDays)));
    // The last message about a series is needed while the series can still change, to tell what is new.
    const isSeriesOver = sql`not exists (select 1 from ${appointments} where ${appointments.seriesId} = ${outbox.seriesId} and ${appointments.endAt} >= ${daysAgo(RETENTION.afterLastDateDays)})`;
    const isOldMail = and(lt(outbox.createdAt, daysAgo(RETENTION.afterLastDateDays)), isSeriesOver);
    for (const table of [reminders, followUps])
      await tx.delete(table).where(inArray(table.outboxId, tx.select({ id: outbox.id }).from(outbox).where(isOldMail)));
    await tx.delete(outbox).where(isOldMail);
  });
}

import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { needsPrenatalTraining } from '@/care/safety';
import type { TherapistOrOwner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, series, therapists } from '@/db/schema';
import { type CareViewer, findHealthAccess } from './health-access';
import { listHealthAnswersForBookingUnchecked } from './health-answers-for-booking';

// A client who is pregnant, or has just given birth, is treated by a therapist trained for it. Existing bookings stay:
// those who treat the client are informed and decide. When clients make changes themselves, they can choose only
// trained therapists.

/** The only therapists allowed. */
export interface PrenatalTherapists {
  therapistIds: string[];
  /** Whether the answers state a pregnancy; otherwise they cannot be decrypted and might. */
  isPregnancyStated: boolean;
}

/** The reason, in the words of the client's own pages. */
export function formatPrenatalReason({ isPregnancyStated }: Pick<PrenatalTherapists, 'isPregnancyStated'>): string {
  return isPregnancyStated
    ? 'when you are pregnant, or gave birth in the last 3 months, we massage you only with a therapist who is trained for it.'
    : 'we cannot open what you said at the moment. Until we can, we massage you only with a therapist who is trained for pregnancy.';
}

/** The client, if staff ask, and the time for which to answer. */
export interface PrenatalQuery extends Clock {
  clientId?: string;
  /** The caller's transaction, if there is one. */
  db?: Db;
}

/**
 * The therapists that a client may choose: those who are trained, and the client's own therapists if somebody who
 * treats them has discussed it with them. Null if there is no such need.
 */
export async function findPrenatalTherapistsForClient(
  viewer: CareViewer,
  query: PrenatalQuery,
): Promise<PrenatalTherapists | null> {
  const from = query.db ?? (await reader());
  const access = await findHealthAccess(from, viewer, query.clientId);
  return access && findPrenatalTherapistsOfSeries(from, access.seriesIds, query.now);
}

/** Like `findPrenatalTherapistsForClient`, for the rules of booking, which must not learn the reason. */
export async function listPrenatalAllowedTherapists(db: Db, viewer: CareViewer, now: number): Promise<string[] | null> {
  return (await findPrenatalTherapistsForClient(viewer, { db, now }))?.therapistIds ?? null;
}

/** Like `findPrenatalTherapistsForClient`, judged by all answers given for these series. */
export async function findPrenatalTherapistsOfSeries(
  db: Db,
  seriesIds: string[],
  now: number,
): Promise<PrenatalTherapists | null> {
  const healthAnswers = await listHealthAnswersForBookingUnchecked(db, seriesIds, now);
  const needingTraining = healthAnswers.filter(({ answers }) => needsPrenatalTraining(answers));
  if (needingTraining.length === 0) return null;
  const isTrained = and(eq(therapists.isActive, true), eq(therapists.trainedForPregnancy, true));
  const trained = await db.select({ id: therapists.id }).from(therapists).where(isTrained);
  const own = needingTraining.every(({ isSettled }) => isSettled)
    ? await db.select({ id: series.therapistId }).from(series).where(inArray(series.id, seriesIds))
    : [];
  const therapistIds = [...new Set([...trained, ...own].map(({ id }) => id))];
  return { therapistIds, isPregnancyStated: needingTraining.some(({ answers }) => answers !== null) };
}

/** The upcoming dates with an untrained therapist of a client who needs a trained one, and who is trained. */
export interface DatesWithUntrainedTherapist extends Pick<PrenatalTherapists, 'isPregnancyStated'> {
  dates: { uid: string; startsAt: number; therapist: string }[];
  trained: { id: string; name: string }[];
}

/** Null if there is no need, or if the viewer may not know of one. */
export async function findDatesWithUntrainedTherapist(
  viewer: TherapistOrOwner,
  clientId: string,
  { now }: Clock,
): Promise<DatesWithUntrainedTherapist | null> {
  const db = await reader();
  const access = await findHealthAccess(db, viewer, clientId);
  const needed = access && (await findPrenatalTherapistsOfSeries(db, access.seriesIds, now));
  if (!needed) return null;
  const team = await db
    .select({
      id: therapists.id,
      name: therapists.name,
      isActive: therapists.isActive,
      is: therapists.trainedForPregnancy,
    })
    .from(therapists)
    .orderBy(asc(therapists.position));
  const coming = await db
    .select({ uid: appointments.id, startsAt: appointments.startAt, therapistId: appointments.therapistId })
    .from(appointments)
    .where(
      and(
        inArray(appointments.seriesId, access.seriesIds),
        eq(appointments.status, 'booked'),
        gt(appointments.endAt, now),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return {
    isPregnancyStated: needed.isPregnancyStated,
    dates: coming.flatMap(({ uid, startsAt, therapistId }) => {
      const giver = team.find(({ id }) => id === therapistId);
      return giver && !giver.is ? [{ uid, startsAt, therapist: giver.name }] : [];
    }),
    trained: team.filter(({ is, isActive }) => is && isActive).map(({ id, name }) => ({ id, name })),
  };
}

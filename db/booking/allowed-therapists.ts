import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';

/** Lists the only therapists to whom a client’s own dates may move; null means any. */
export type ListAllowedTherapists = (db: Db) => Promise<string[] | null>;
/**
 * Lists the only therapists who suit what these clients said about their health; null means any. The caller passes it
 * in, because the reasons must not be known here.
 */
export type ListSuitedTherapists = (db: Db, clientIds: string[]) => Promise<string[] | null>;

/**
 * Of the therapists who would take over booked dates, those who may not suit the client: the client’s own therapist has
 * to be asked first.
 */
export async function listPossiblyUnsuitedTherapists(
  db: Db,
  moves: { row: AppointmentRow; therapistId: string }[],
  listSuited: ListSuitedTherapists | undefined,
): Promise<string[]> {
  return [
    ...new Set(
      (await listMovesToPossiblyUnsuitedTherapists(db, moves, listSuited)).map(({ therapistId }) => therapistId),
    ),
  ];
}

/** The moves that would give a date to a therapist who may not suit what its client said. */
export async function listMovesToPossiblyUnsuitedTherapists<Move extends { row: AppointmentRow; therapistId: string }>(
  db: Db,
  moves: Move[],
  listSuited: ListSuitedTherapists | undefined,
): Promise<Move[]> {
  const found: Move[] = [];
  if (!listSuited) return found;
  for (const move of moves) {
    if (move.therapistId === move.row.therapistId) continue;
    const suited = await listSuited(db, [move.row.clientId]);
    if (suited !== null && !suited.includes(move.therapistId)) found.push(move);
  }
  return found;
}

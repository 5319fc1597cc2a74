import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';

/** The only therapists to whom a client’s own dates may go; null: to any. */
export type ListAllowedTherapists = (db: Db) => Promise<string[] | null>;
/**
 * The only therapists who go with what these clients said about their health; null: any. It is asked of whoever calls, as
 * nothing here may know why.
 */
export type ListSuitedTherapists = (db: Db, clientIds: string[]) => Promise<string[] | null>;

/** Of those to whom booked dates would go over, each of whom whoever treats the client has to be asked first. */
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

/** Those of the dates that would go over to a therapist who may not go with what their client said. */
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

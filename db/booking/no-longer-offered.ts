import { eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, roomServices, rooms, services, therapistServices, therapists } from '@/db/schema';

interface BookedDate {
  id: string;
  status: string;
  therapistId: string;
  roomId: string;
}

/** Why a date could not be booked today with its massage, therapist and room. */
type OutsideOffer =
  | 'massage retired'
  | 'therapist left'
  | 'room retired'
  | 'therapist does not give it'
  | 'room does not suit it';

/** The reasons by the dates' ids, for those that have any. */
export type DatesOutsideOffer = Record<string, OutsideOffer[]>;

/** Which of these dates could not be booked today with their massage, therapist and room, and each reason why. */
export async function findOutsideOffer(tx: Db, dates: BookedDate[]): Promise<DatesOutsideOffer> {
  const booked = dates.filter(({ status }) => status === 'booked');
  if (booked.length === 0) return {};
  const massageOf = await readMassages(tx, booked);
  const activeMassages = await readActive(tx, services);
  const activeTherapists = await readActive(tx, therapists);
  const activeRooms = await readActive(tx, rooms);
  // Read apart from who is active: somebody who left may return and no longer give the massage, which is another reason.
  const givers = new Set(
    (await tx.select().from(therapistServices)).map((row) => pair(row.serviceId, row.therapistId)),
  );
  const places = new Set((await tx.select().from(roomServices)).map((row) => pair(row.serviceId, row.roomId)));
  const reasonsOf = ({ id, therapistId, roomId }: BookedDate): OutsideOffer[] => {
    const massage = massageOf.get(id) ?? '';
    return [
      ...(activeMassages.has(massage) ? [] : ['massage retired' as const]),
      ...(activeTherapists.has(therapistId) ? [] : ['therapist left' as const]),
      ...(activeRooms.has(roomId) ? [] : ['room retired' as const]),
      ...(givers.has(pair(massage, therapistId)) ? [] : ['therapist does not give it' as const]),
      ...(places.has(pair(massage, roomId)) ? [] : ['room does not suit it' as const]),
    ];
  };
  return Object.fromEntries(
    booked.map((date) => [date.id, reasonsOf(date)] as const).filter(([, reasons]) => reasons.length > 0),
  );
}

/**
 * Whether something of the offer was withdrawn while these dates were elsewhere: whoever withdrew it was not shown
 * them, so they may not go back. A date that was already outside the offer before may, as long as no reason was added.
 */
export async function isNoLongerOffered(tx: Db, former: BookedDate[], before: DatesOutsideOffer): Promise<boolean> {
  const now = Object.entries(await findOutsideOffer(tx, former));
  return now.some(([id, reasons]) => reasons.some((reason) => !before[id]?.includes(reason)));
}

const pair = (massage: string, other: string) => `${massage} ${other}`;

async function readMassages(tx: Db, dates: BookedDate[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: appointments.id, serviceId: appointments.serviceId })
    .from(appointments)
    .where(
      inArray(
        appointments.id,
        dates.map(({ id }) => id),
      ),
    );
  return new Map(rows.map(({ id, serviceId }) => [id, serviceId]));
}

async function readActive(tx: Db, table: typeof services | typeof therapists | typeof rooms): Promise<Set<string>> {
  const rows = await tx.select({ id: table.id }).from(table).where(eq(table.isActive, true));
  return new Set(rows.map(({ id }) => id));
}

import { inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { listServices } from '@/db/practice/services';
import { appointments } from '@/db/schema';

interface Place {
  id: string;
  status: string;
  therapistId: string;
  roomId: string;
}

/** The dates whose massage is not offered with that therapist in that room. */
export async function listOutsideOffer(tx: Db, places: Place[]): Promise<string[]> {
  const booked = places.filter(({ status }) => status === 'booked');
  if (booked.length === 0) return [];
  const ids = booked.map(({ id }) => id);
  const massages = await tx
    .select({ id: appointments.id, serviceId: appointments.serviceId })
    .from(appointments)
    .where(inArray(appointments.id, ids));
  const offers = await listServices(tx);
  return booked
    .filter(({ id, therapistId, roomId }) => {
      const serviceId = massages.find((massage) => massage.id === id)?.serviceId;
      const offer = offers.find((service) => service.id === serviceId);
      return !offer?.therapists.includes(therapistId) || !offer.rooms.includes(roomId);
    })
    .map(({ id }) => id);
}

/**
 * Whether something of the offer was withdrawn while these dates were elsewhere: whoever withdrew it was not shown
 * them, so they may not go back. A date that was already outside the offer before may.
 */
export async function isNoLongerOffered(tx: Db, former: Place[], wereOutside: string[]): Promise<boolean> {
  return (await listOutsideOffer(tx, former)).some((id) => !wereOutside.includes(id));
}

import { reader } from '@/db/connection/database-client';
import { rooms, services, therapists } from '@/db/schema';

export interface NamesById {
  therapists: Map<string, string>;
  services: Map<string, string>;
  rooms: Map<string, string>;
}

/** What therapists, massages and rooms are called, also those that are no longer booked. */
export async function listNamesById(): Promise<NamesById> {
  const db = await reader();
  const [people, massages, places] = await Promise.all([
    db.select({ id: therapists.id, name: therapists.name }).from(therapists),
    db.select({ id: services.id, name: services.name }).from(services),
    db.select({ id: rooms.id, name: rooms.name }).from(rooms),
  ]);
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  return { therapists: byId(people), services: byId(massages), rooms: byId(places) };
}

import { and, asc, eq } from 'drizzle-orm';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { runPrepared } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { roomServices, rooms, serviceLengths, services, therapistServices, therapists } from '@/db/schema';

/** A massage as it is offered today: its words, its lengths and prices, who gives it and where. */
export interface ServiceOffer {
  id: string;
  name: string;
  summary: string;
  suits: string;
  pressure: number;
  setupMinutes: number;
  cleanupMinutes: number;
  lengths: { minutes: number; priceCents: number }[];
  therapists: string[];
  rooms: string[];
}

export async function listServices(tx?: Db): Promise<ServiceOffer[]> {
  const db = tx ?? (await reader());
  return cachedUntilCommit(db, 'services', () => readServices(db));
}

async function readServices(db: Db): Promise<ServiceOffer[]> {
  // One after the other: inside a transaction there is one connection.
  const offered = await runPrepared(db, 'services', (on) =>
    on.select().from(services).where(eq(services.isActive, true)).orderBy(asc(services.position)),
  );
  const lengths = await runPrepared(db, 'service lengths', (on) =>
    on.select().from(serviceLengths).orderBy(asc(serviceLengths.minutes)),
  );
  const givers = await runPrepared(db, 'who gives what', (on) =>
    on
      .select({ serviceId: therapistServices.serviceId, id: therapists.id })
      .from(therapistServices)
      .innerJoin(therapists, and(eq(therapists.id, therapistServices.therapistId), eq(therapists.isActive, true)))
      .orderBy(asc(therapists.position)),
  );
  const places = await runPrepared(db, 'what suits where', (on) =>
    on
      .select({ serviceId: roomServices.serviceId, id: rooms.id })
      .from(roomServices)
      .innerJoin(rooms, eq(rooms.id, roomServices.roomId))
      .orderBy(asc(rooms.position)),
  );
  return offered.map(({ isActive: _, position: __, ...service }) => ({
    ...service,
    lengths: lengths
      .filter(({ serviceId }) => serviceId === service.id)
      .map(({ minutes, priceCents }) => ({ minutes, priceCents })),
    therapists: givers.filter(({ serviceId }) => serviceId === service.id).map(({ id }) => id),
    rooms: places.filter(({ serviceId }) => serviceId === service.id).map(({ id }) => id),
  }));
}

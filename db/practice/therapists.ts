import { asc, eq } from 'drizzle-orm';
import { reader } from '@/db/connection/database-client';
import { therapistServices, therapists } from '@/db/schema';

export interface BookableTherapist {
  id: string;
  name: string;
  about: string;
  portraitId: string | null;
  colour: string;
  services: string[];
}

/** The therapists who take appointments, in the practice's own order. */
export async function listTherapists(): Promise<BookableTherapist[]> {
  const db = await reader();
  const [people, offered] = await Promise.all([
    db
      .select({
        id: therapists.id,
        name: therapists.name,
        about: therapists.about,
        portraitId: therapists.portraitId,
        colour: therapists.colour,
      })
      .from(therapists)
      .where(eq(therapists.isActive, true))
      .orderBy(asc(therapists.position)),
    db.select().from(therapistServices),
  ]);
  return people.map((person) => ({
    ...person,
    services: offered.filter(({ therapistId }) => therapistId === person.id).map(({ serviceId }) => serviceId),
  }));
}

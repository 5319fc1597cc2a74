import { and, eq, exists, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, series } from '@/db/schema';
import type { Viewer } from './viewer';

// What a viewer may find, as a condition for the `where` of a query that joins `clients`.

const NOTHING = sql`1 = 0`;
const ID = /^[\w:.-]{1,64}$/;

/** Could be one of our ids. Anything else is not found without asking: PostgreSQL takes no NUL in a text. */
export function isPossibleId(uid: unknown): uid is string {
  return typeof uid === 'string' && ID.test(uid);
}

/** A client by e-mail, a link by its series; a therapist sees a series in which an appointment is theirs. */
export function visibleSeriesCondition(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role !== 'therapist') return ownedBy(viewer);
  return exists(
    db
      .select({ id: appointments.id })
      .from(appointments)
      .where(and(eq(appointments.seriesId, series.id), eq(appointments.therapistId, viewer.therapistId))),
  );
}

/** As `visibleSeriesCondition`, but of a series they share a therapist changes only what is theirs. Joins `series`. */
export function editableAppointmentsCondition(viewer: Viewer): SQL | undefined {
  return viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : ownedBy(viewer);
}

function ownedBy(viewer: Exclude<Viewer, { role: 'therapist' }>): SQL | undefined {
  switch (viewer.role) {
    case 'owner':
    case 'front_desk':
      return undefined;
    case 'client':
      return eq(clients.email, viewer.email.toLowerCase());
    case 'link':
      return eq(series.id, viewer.seriesId);
    default:
      return NOTHING;
  }
}

/** For a query of `clients`: a therapist finds those who have or had an appointment with them. */
export function visibleClientsCondition(db: Db, viewer: Viewer): SQL | undefined {
  switch (viewer.role) {
    case 'owner':
    case 'front_desk':
      return undefined;
    case 'therapist':
      return exists(
        db
          .select({ id: appointments.id })
          .from(appointments)
          .where(and(eq(appointments.clientId, clients.id), eq(appointments.therapistId, viewer.therapistId))),
      );
    default:
      return NOTHING;
  }
}

/** Health data of a client is for the owner, and for a therapist with an appointment of theirs that stands. */
export async function maySeeHealthOfClient(db: Db, viewer: Viewer, clientId: string): Promise<boolean> {
  if (viewer.role !== 'therapist') return viewer.role === 'owner';
  const [treated] = await db
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        eq(appointments.clientId, clientId),
        eq(appointments.therapistId, viewer.therapistId),
        ne(appointments.status, 'cancelled'),
      ),
    )
    .limit(1);
  return treated !== undefined;
}

/** For a query that joins `clients`: whose health the viewer may know, the owner everybody's and a therapist's of those they treat. */
export function clientsWithVisibleHealthCondition(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role === 'owner') return undefined;
  if (viewer.role !== 'therapist') return NOTHING;
  // Asked of each client by an index: a list of all whom a therapist treats is made anew for every query.
  return exists(
    db
      .select({ id: appointments.id })
      .from(appointments)
      .where(
        and(
          eq(appointments.clientId, clients.id),
          eq(appointments.therapistId, viewer.therapistId),
          ne(appointments.status, 'cancelled'),
        ),
      ),
  );
}

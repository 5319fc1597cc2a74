import { and, eq, exists, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, series } from '@/db/schema';
import type { Viewer } from './viewer';

// Which rows a viewer may find, as conditions for the `where` of a query that joins `clients`.

const NOTHING = sql`1 = 0`;
const ID = /^[\w:.-]{1,64}$/;

/**
 * Whether this could be one of our ids. Others never reach the database: PostgreSQL refuses a text that contains NUL.
 */
export function isPossibleId(uid: unknown): uid is string {
  return typeof uid === 'string' && ID.test(uid);
}

/** A client is matched by e-mail, a link by its series. A therapist sees a series that has an appointment with them. */
export function visibleSeriesCondition(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role !== 'therapist') return ownedBy(viewer);
  return exists(
    db
      .select({ id: appointments.id })
      .from(appointments)
      .where(and(eq(appointments.seriesId, series.id), eq(appointments.therapistId, viewer.therapistId))),
  );
}

/**
 * Like `visibleSeriesCondition`, but in a shared series a therapist may change only their own appointments. Needs a
 * join with `series`.
 */
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

/** For a query of `clients`: a therapist finds everybody who has or had an appointment with them. */
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

/**
 * The owner may see a client's health data, and so may a therapist who has an appointment with them that is not
 * cancelled.
 */
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

/**
 * For a query that joins `clients`: the owner may know everybody's health, a therapist that of the clients they treat.
 */
export function clientsWithVisibleHealthCondition(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role === 'owner') return undefined;
  if (viewer.role !== 'therapist') return NOTHING;
  // Checks each client through an index: a list of all clients of a therapist would be built again for every query.
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

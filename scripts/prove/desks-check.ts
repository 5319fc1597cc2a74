import { gte, inArray } from 'drizzle-orm';
import { audit } from '@/db/audit';
import { connectDatabase, getDatabaseUrl, reader, setConnectionForTests } from '@/db/connection/database-client';
import { appointments, auditEvents } from '@/db/schema';
import { assertTrue } from './assert-true';

// Whether the database holds everything that four desks and their clients were told is done: each change began from
// what its desk had seen, the next change began where it ended, and the final state is what the last change asked for.

const MINUTE = 60_000;

export interface BookedPosition {
  startAt: number;
  therapistId: string;
  minutes: number;
}

/** A change that was acknowledged to a desk, with its id in the audit trail. */
export interface AcknowledgedChange {
  id: string;
  uid: string;
  /** The version that the desk had seen. */
  version: number;
  /** Where it was to go, or the appointment to change places with. */
  to: BookedPosition | { other: string };
}

export interface Booking {
  uid: string;
  startsAt: number;
  therapistId: string;
  isCancelled: boolean;
}

/** What the audit trail keeps of a change, as db/booking/undo-desk-change.ts writes it. */
interface RecordedChange {
  before: { appointments: (BookedPosition & { id: string; version: number })[] };
  after: { appointments: Record<string, number> };
}

/** Throws when a change is lost. Returns how many of the changes gave a date another length. */
export async function checkDesks(
  dragged: Map<string, BookedPosition>,
  changes: AcknowledgedChange[],
  bookings: Booking[],
  beganAt: number,
): Promise<number> {
  setConnectionForTests(await connectDatabase(getDatabaseUrl()));
  const db = await reader();
  try {
    const [found] = await audit();
    assertTrue(found === undefined, `the audit found: ${JSON.stringify(found)}`);
    const ids = changes.map(({ id }) => id);
    assertTrue(new Set(ids).size === ids.length, 'two changes have one name');
    const recorded = new Map<string, RecordedChange>();
    for (let from = 0; from < ids.length; from += 500) {
      const events = await db
        .select()
        .from(auditEvents)
        .where(inArray(auditEvents.id, ids.slice(from, from + 500)));
      for (const { id, facts } of events) recorded.set(id, facts.undo as RecordedChange);
    }
    assertTrue(
      recorded.size === ids.length,
      `${ids.length - recorded.size} acknowledged changes are not in the history`,
    );
    const rows = await db
      .select()
      .from(appointments)
      .where(inArray(appointments.id, [...dragged.keys()]));
    for (const row of rows) checkOne(row, dragged.get(row.id)!, changes, recorded);
    await checkBookings(bookings);
    const known = new Set([...dragged.keys(), ...bookings.map(({ uid }) => uid)]);
    const newRows = await db.select().from(appointments).where(gte(appointments.createdAt, beganAt));
    const strays = newRows.filter(({ id }) => !known.has(id));
    assertTrue(strays.length === 0, `${strays.length} bookings were made of which nobody was told`);
    return changes.filter(({ id, uid, to }) => {
      const before = recorded.get(id)!.before.appointments.find((row) => row.id === uid)!;
      return 'minutes' in to && to.minutes !== before.minutes;
    }).length;
  } finally {
    setConnectionForTests(undefined);
  }
}

/** Follows one date through all its changes, from where it was booked to where it is now. */
function checkOne(
  row: BookedPosition & { id: string; version: number },
  booked: BookedPosition,
  changes: AcknowledgedChange[],
  recorded: Map<string, RecordedChange>,
): void {
  const { id: uid } = row;
  const beforeOf = (change: AcknowledgedChange, id = uid) =>
    recorded.get(change.id)!.before.appointments.find((row) => row.id === id);
  const own = changes
    .filter((change) => change.uid === uid || ('other' in change.to && change.to.other === uid))
    .sort((a, b) => beforeOf(a)!.version - beforeOf(b)!.version);
  let [place, version] = [booked, 1];
  for (const change of own) {
    const before = beforeOf(change);
    assertTrue(
      before?.version === version,
      `${uid}: a change was made of version ${before?.version}, not of ${version}`,
    );
    assertTrue(isSame(before, place), `${uid}: a change that was acknowledged is lost`);
    if (change.uid === uid) assertTrue(change.version === version, `${uid}: a desk had seen version ${change.version}`);
    version = recorded.get(change.id)!.after.appointments[uid]!;
    const partner = 'other' in change.to ? (change.uid === uid ? change.to.other : change.uid) : null;
    place =
      partner === null ? (change.to as BookedPosition) : { ...beforeOf(change, partner)!, minutes: place.minutes };
  }
  assertTrue(row.version === version && isSame(row, place), `${uid}: it does not stand where the last change put it`);
}

function isSame(a: BookedPosition, b: BookedPosition): boolean {
  return a.startAt === b.startAt && a.therapistId === b.therapistId && a.minutes === b.minutes;
}

async function checkBookings(bookings: Booking[]): Promise<void> {
  const db = await reader();
  for (let from = 0; from < bookings.length; from += 500) {
    const some = bookings.slice(from, from + 500);
    const ids = some.map(({ uid }) => uid);
    const rows = await db.select().from(appointments).where(inArray(appointments.id, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { uid, startsAt, therapistId, isCancelled } of some) {
      const row = byId.get(uid);
      assertTrue(row !== undefined, 'a booking that was acknowledged is lost');
      assertTrue(
        row.startAt === startsAt && row.therapistId === therapistId,
        `${uid}: a booking is not where it was made`,
      );
      assertTrue(row.endAt - row.startAt === 60 * MINUTE, `${uid}: a booking has another length`);
      assertTrue((row.status === 'cancelled') === isCancelled, `${uid}: a booking is ${row.status}`);
    }
  }
}

import { eq, or } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { toGreetedNames } from '@/db/messages/greeted-names';
import { appointments, clients, series, services, therapists, waitlistEntries, waitlistOffers } from '@/db/schema';
import type { Notification } from '@/scheduling/notification-types';
import { waitlistEntryColumns } from './entry-view';
import { isWaitlistEmailStillTrue } from './waitlist-email-validity';

type WaitlistEmail = Extract<Notification, { kind: 'waitlist' }>;

/** A waitlist e-mail, with the name that it greets and its content as of now; null where it is no longer true. */
export async function getWaitlistEmailFactsToSend(
  db: Db,
  stored: WaitlistEmail,
  toEmail: string,
  now: number,
): Promise<WaitlistEmail | null> {
  if (!(await isWaitlistEmailStillTrue(db, stored, now))) return null;
  const notification = stored.state === 'joined' ? { ...stored, ...(await findWaitsFor(db, stored)) } : stored;
  const isKnown = await isConfirmedEmailAddress(db, toEmail);
  const who =
    notification.state === 'joined' ? await findWhoWaits(db, notification) : await findWhoIsOffered(db, notification);
  return who ? { ...notification, who: toGreetedNames(who, isKnown) } : notification;
}

async function findWaitsFor(db: Db, { entryId }: Extract<WaitlistEmail, { state: 'joined' }>) {
  const [waitsFor] = await db
    .select(waitlistEntryColumns)
    .from(waitlistEntries)
    .innerJoin(services, eq(services.id, waitlistEntries.serviceId))
    .leftJoin(therapists, eq(therapists.id, waitlistEntries.therapistId))
    .leftJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(eq(waitlistEntries.id, entryId));
  if (!waitsFor) return {};
  const { minutes, service, therapist, cadence, sessions, fromOn, untilOn, dayParts, atTime } = waitsFor;
  return { waitsFor: { minutes, service, therapist, cadence, sessions, fromOn, untilOn, dayParts, atTime } };
}

async function findWhoWaits(db: Db, { entryId }: Extract<WaitlistEmail, { state: 'joined' }>) {
  const [found] = await db
    .select({ clientName: clients.name, bookedBy: waitlistEntries.bookedBy })
    .from(waitlistEntries)
    .innerJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .where(eq(waitlistEntries.id, entryId));
  return found;
}

async function findWhoIsOffered(db: Db, { offerId }: Extract<WaitlistEmail, { state: 'offer' }>) {
  const [found] = await db
    .select({ clientName: clients.name, ofEntry: waitlistEntries.bookedBy, ofPlan: series.bookedBy })
    .from(waitlistOffers)
    .leftJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .leftJoin(series, eq(series.id, waitlistOffers.skipSeriesId))
    .innerJoin(clients, or(eq(clients.id, waitlistEntries.clientId), eq(clients.id, series.clientId)))
    .where(eq(waitlistOffers.id, offerId));
  return found && { clientName: found.clientName, bookedBy: found.ofEntry ?? found.ofPlan };
}

import { and, eq } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { isPossibleId, visibleClientsCondition } from '@/db/access/viewer-conditions';
import { findBookingPermissionByEmail, formatCannotBookOnline } from '@/db/booking/client-booking-permission';
import { findBookerOf } from '@/db/booking/requested-client';
import type { Db } from '@/db/connection/connection';
import { bookingClientSchema, personNameSchema, staffBookingClientSchema, toIssues } from '@/db/input/field-schemas';
import { derivePhoneCountry, describeInvalidPhone, parsePhone, withPhoneExample } from '@/db/input/phone-numbers';
import type { Practice } from '@/db/practice/practice';
import type { Issue } from '@/db/results';
import { clients } from '@/db/schema';

/**
 * The person who would come, with the address for e-mails, and the name of whoever asks for them where that is somebody
 * else. Staff may name a known client.
 */
export type RequestedPerson =
  | { name: string; email: string; phone?: string | undefined; bookedBy?: string | undefined }
  | { id: string };

/** Who would come, as it is stored; `clientId` is null for somebody who is no client yet. */
export interface WaitingPerson {
  clientId: string | null;
  name: string;
  email: string;
  phone: string | null;
  bookedBy: string | null;
}

type ReadWaitingPerson = ({ ok: true } & WaitingPerson) | { ok: false; issues: Issue[] };

/** Reads who would come, or says what is missing or wrong. */
export async function readWaitingPerson(
  tx: Db,
  viewer: Viewer,
  waiting: RequestedPerson,
  practice: Practice,
): Promise<ReadWaitingPerson> {
  if ('id' in waiting) {
    const isTheirs = isStaff(viewer) ? visibleClientsCondition(tx, viewer) : undefined;
    const [known] = isPossibleId(waiting.id)
      ? await tx
          .select()
          .from(clients)
          .where(and(eq(clients.id, waiting.id), isTheirs))
      : [];
    if (!known) return { ok: false, issues: [{ path: ['client', 'id'], message: 'Choose a client.' }] };
    const { name, email, phone } = known;
    const bookedBy = (await findBookerOf(tx, { id: known.id })) ?? null;
    return notRefused(tx, viewer, practice, { ok: true, clientId: known.id, name, email, phone, bookedBy });
  }
  const parsed = (isStaff(viewer) ? staffBookingClientSchema : bookingClientSchema).safeParse(waiting);
  if (!parsed.success)
    return {
      ok: false,
      issues: withPhoneExample(toIssues(parsed.error), derivePhoneCountry(practice)).map((issue) => ({
        ...issue,
        path: ['client', ...issue.path],
      })),
    };
  const booker = personNameSchema.optional().safeParse(waiting.bookedBy);
  if (!booker.success)
    return { ok: false, issues: toIssues(booker.error).map((issue) => ({ ...issue, path: ['bookedBy'] })) };
  const { name, email } = parsed.data;
  const bookedBy = booker.data === undefined || booker.data === name ? null : booker.data;
  const phone = parsed.data.phone === undefined ? null : parsePhone(parsed.data.phone, derivePhoneCountry(practice));
  if (parsed.data.phone !== undefined && phone === null)
    return {
      ok: false,
      issues: [{ path: ['client', 'phone'], message: describeInvalidPhone(derivePhoneCountry(practice)) }],
    };
  if (email === '' && phone === null)
    return { ok: false, issues: [{ path: ['client', 'phone'], message: 'Note an e-mail address or a phone number.' }] };
  return notRefused(tx, viewer, practice, { ok: true, clientId: null, name, email, phone, bookedBy });
}

/**
 * Refuses clients whose bookings the practice approves or refuses: an accepted offer is booked without being asked
 * about.
 */
async function notRefused(
  tx: Db,
  viewer: Viewer,
  practice: Practice,
  who: { ok: true } & WaitingPerson,
): Promise<ReadWaitingPerson> {
  // Where each new client is approved, only known clients may wait for offers that are booked automatically.
  const isApproved =
    isStaff(viewer) || practice.newClients !== 'approve' || (await isConfirmedEmailAddress(tx, who.email));
  if (isApproved && (who.email === '' || (await findBookingPermissionByEmail(tx, who.email)) === 'online')) return who;
  return { ok: false, issues: [{ path: ['client', 'email'], message: formatCannotBookOnline(practice) }] };
}

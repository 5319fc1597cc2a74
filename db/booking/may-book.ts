import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { type Invalid, invalid } from '@/db/results';
import { formatCannotBookOnline } from './client-booking-permission';
import type { BookingFacts } from './gather-booking-facts';

// Whether this client may book these massages online, and who has to agree before anything is booked.

const ONLY_KNOWN =
  'This massage is for clients who have come before. Give the e-mail address you booked with then, or call us.';

/** Why this client may not book; null where they may. */
export async function findClientIssue(
  tx: Db,
  { ways, permission, email, practice }: Pick<BookingFacts, 'ways' | 'permission' | 'email' | 'practice'>,
): Promise<Invalid | null> {
  // A client without an address was identified by staff.
  if (ways.has('known') && email !== '' && !(await isConfirmedEmailAddress(tx, email)))
    return invalid([{ path: ['client', 'email'], message: ONLY_KNOWN }]);
  if (permission === 'blocked')
    return invalid([{ path: ['client', 'email'], message: formatCannotBookOnline(practice) }]);
  return null;
}

/**
 * Who has to agree before it is booked: the client by `confirm`, the practice by `approve`; null where nobody has.
 * `isUnproven`: the request shows no more than a network address.
 */
export async function findWhoMustAgree(
  tx: Db,
  { ways, permission, email, practice }: Pick<BookingFacts, 'ways' | 'permission' | 'email' | 'practice'>,
  { isUnproven }: { isUnproven: boolean },
): Promise<'confirm' | 'approve' | null> {
  // Also after the client has confirmed. When the practice approves, it books as staff, and this does not apply.
  if (ways.has('approval') || permission === 'approval') return 'approve';
  const { newClients } = practice;
  if (!isUnproven || newClients === 'book') return null;
  return (await isConfirmedEmailAddress(tx, email)) ? null : newClients;
}

import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { type ActiveService, listServices } from '@/db/practice/services';
import type { Issue } from '@/db/results';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { JoinWaitlistRequest } from './join-request-schema';

/**
 * Whether a massage has a waitlist. An offer is booked as soon as it is accepted, so massages that need approval or a
 * phone call have none.
 */
export function canJoinWaitlistFor({ booking, therapists, rooms }: ActiveService): boolean {
  return (booking === 'online' || booking === 'known') && therapists.length > 0 && rooms.length > 0;
}

/** What is wrong with a request, by field. */
export async function listJoinRequestIssues(
  tx: Db,
  request: JoinWaitlistRequest,
  practice: Practice,
  now: number,
): Promise<Issue[]> {
  const service = (await listServices(tx)).find(({ id }) => id === request.serviceId);
  const issues: Issue[] = [];
  const add = (field: keyof JoinWaitlistRequest, message: string) => issues.push({ path: [field], message });
  if (!service || !canJoinWaitlistFor(service)) add('serviceId', 'This massage has no waiting list. Please call us.');
  else if (service.lengths.every(({ minutes }) => minutes !== request.minutes))
    add('minutes', 'This massage is not offered in this length.');
  else if (request.therapistId !== 'any' && !service.therapists.includes(request.therapistId))
    add('therapistId', 'This therapist does not offer this massage.');
  if (request.cadence === 'once' && request.sessions !== 1) add('sessions', 'Once means one date.');
  if (request.cadence !== 'once' && request.sessions < 2) add('sessions', 'A regular time has two dates or more.');
  if (request.sessions > practice.maxSessions) add('sessions', `Choose at most ${practice.maxSessions} dates.`);
  const today = toWallTime(practice.timeZone, now).on;
  if (request.untilOn < request.fromOn) add('untilOn', 'This day is before the first one.');
  else if (request.untilOn < today) add('untilOn', 'This day is past.');
  else if (request.untilOn > addDays(today, practice.windowDays))
    add('untilOn', `Choose a day within the next ${practice.windowDays} days.`);
  return issues;
}

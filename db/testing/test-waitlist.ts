import type { Viewer } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import type { JoinWaitlistRequest } from '@/db/waitlist/join-request-schema';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';
import { ANONYMOUS_VIEWER, DESK_VIEWER, makeSeriesRequest } from './test-requests';

/** Tuesdays at 18:00 with Mira in December 2026, unless overridden. */
export function makeJoinRequest(other: Partial<JoinWaitlistRequest> = {}): JoinWaitlistRequest {
  return {
    serviceId: 'swedish',
    minutes: 60,
    therapistId: 'mira',
    cadence: 'once',
    sessions: 1,
    fromOn: '2026-12-01',
    untilOn: '2026-12-31',
    dayParts: ANY_DAY_PART,
    atTime: '18:00',
    isUrgent: false,
    ...other,
  };
}

/** Adds an entry as staff do, so that no confirmation is needed. */
export async function addToWaitlist(
  name: string,
  now: number,
  other: Partial<JoinWaitlistRequest> = {},
  viewer: Viewer = DESK_VIEWER,
) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const joined = await joinWaitlist(viewer, makeJoinRequest(other), { name, email }, { now });
  if (!joined.ok) throw new Error(JSON.stringify(joined));
  return joined.entryId;
}

export async function bookAs(name: string, starts: number | number[], now: number) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, { client: { name, email } }), { now });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked;
}

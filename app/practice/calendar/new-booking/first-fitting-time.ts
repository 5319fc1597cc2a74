import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { parseNewBookingParams } from './new-booking-params';

type Raw = Record<string, string | string[] | undefined>;

/**
 * The "New" button names a day and no time. This fills in the first time of that day at which the first massage fits in
 * its usual length, with the therapist who was asked for, or else with a colleague in whose calendar the viewer may
 * book. Where nothing fits, it fills in a time that can be changed in the panel. Any other address stays as it is.
 */
export async function fillInFirstFittingTime(viewer: Staff, raw: Raw, now: number): Promise<Raw> {
  const requested = raw.new;
  if (!isDayWithinSupportedYears(requested)) return raw;
  const [practice, services, all] = await Promise.all([getPractice(), listServices(), listTherapists()]);
  const { maxSessions, windowDays, timeZone } = practice;
  const today = toWallTime(timeZone, now).on;
  const on = requested < today ? today : requested;
  const therapists = all.filter(({ id }) => managesAllCalendars(viewer) || id === viewer.therapistId);
  const asked = therapists.filter(({ id }) => id === raw.with);
  for (const { id } of [...asked, ...therapists.filter((therapist) => !asked.includes(therapist))]) {
    const options = { services, therapists, maxSessions, windowDays, today };
    const plan = parseNewBookingParams({ new: `${on}T00:00`, with: id }, options)?.plan;
    if (!plan) continue;
    const { serviceId, minutes } = plan;
    const query = { serviceId, minutes, from: on, days: 1, therapistId: id, isForStaff: true };
    const found = await listBookableStarts(query, now);
    if (found.ok && found.openings[0]) {
      return { ...raw, new: `${on}T${toWallTime(timeZone, found.openings[0].startsAt).time}`, with: id };
    }
  }
  const anyTime = on === today ? `${toWallTime(timeZone, now + 3_600_000).time.slice(0, 2)}:00` : '09:00';
  return { ...raw, new: `${on}T${anyTime}` };
}

import { listBookableStarts } from '@/db/availability/bookable-starts';
import { getPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';

export interface FirstBookableTime {
  startsAt: number;
  service: string;
  minutes: number;
  therapist: string;
  /** The page that books it. */
  href: string;
}

const DAYS = 31;
const LOOKED_AHEAD = 3 * DAYS;

/** The next time that a client can book for the first massage of the list. */
export async function findFirstBookableTime(now: number): Promise<FirstBookableTime | null> {
  const [{ timeZone }, [service], therapists] = await Promise.all([
    getPractice(),
    listServicesBookableOnline(),
    listTherapists(),
  ]);
  const length = service?.lengths.find(({ minutes }) => minutes === 60) ?? service?.lengths[0];
  if (!service || !length) return null;
  const today = toWallTime(timeZone, now).on;
  for (let ahead = 0; ahead < LOOKED_AHEAD; ahead += DAYS) {
    const query = { serviceId: service.id, minutes: length.minutes, from: addDays(today, ahead), days: DAYS };
    const found = await listBookableStarts(query, now);
    if (!found.ok) return null;
    const [first] = found.openings;
    const therapist = therapists.find(({ id }) => id === first?.therapists[0]);
    if (!first || !therapist) continue;
    const { on, time } = toWallTime(timeZone, first.startsAt);
    const choice = { type: service.id, minutes: String(length.minutes), cadence: 'once', sessions: '1' };
    const requested = new URLSearchParams({ ...choice, on, time, with: therapist.id, step: 'dates' });
    return {
      startsAt: first.startsAt,
      service: service.name,
      minutes: length.minutes,
      therapist: therapist.name,
      href: `/book?${requested}`,
    };
  }
  return null;
}

import { bookTimeHref } from '@/app/practice/calendar/calendar-url';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import type { ClientDate, ClientView } from '@/db/people/get-client';
import type { Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';

/** How many days are searched for the first free time. */
const DAYS = 14;

/**
 * Where a client's next date is booked: the calendar, with the panel open at the first free time for their last
 * massage, with the therapist who gave it or else their favourite. All of it can be changed in the panel. Null where
 * the viewer may book for nobody.
 */
export async function getBookNextSessionHref(
  viewer: Staff,
  client: ClientView,
  { practice, now }: { practice: Practice; now: number },
): Promise<string | null> {
  const last = client.plans
    .flatMap(({ appointments }) => appointments)
    .reduce<ClientDate | null>((found, date) => (found && found.startsAt > date.startsAt ? found : date), null);
  const services = await listServices();
  const service = services.find(({ id }) => id === last?.service.id) ?? services[0];
  if (!service) return null;
  const usual = client.favouriteTherapist?.id ?? last?.therapist.id;
  const giver = service.therapists.includes(usual ?? '') ? usual : service.therapists[0];
  const therapistId = managesAllCalendars(viewer) ? giver : viewer.therapistId;
  if (!therapistId) return null;
  const minutes =
    service.lengths.find((length) => length.minutes === last?.minutes)?.minutes ?? service.lengths[0]?.minutes ?? 60;
  const today = toWallTime(practice.timeZone, now).on;
  const query = { serviceId: service.id, minutes, from: today, days: DAYS, therapistId, isForStaff: true };
  const found = await listBookableStarts(query, now);
  const first = found.ok ? found.openings[0] : undefined;
  const { on, time } = first ? toWallTime(practice.timeZone, first.startsAt) : { on: addDays(today, 1), time: '09:00' };
  const scope = viewer.therapistId === therapistId ? 'mine' : 'everyone';
  const day = { on, view: 'day', whose: scope, only: undefined, open: undefined } as const;
  const chosen = new URLSearchParams({ client: client.id, type: service.id, minutes: String(minutes) });
  return `${bookTimeHref(day, `${on}T${time}`, therapistId)}&${chosen}`;
}

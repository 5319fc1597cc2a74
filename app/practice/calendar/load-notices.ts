import type { Staff } from '@/db/access/viewer';
import { countUnmarkedDates } from '@/db/appointments/unmarked-dates';
import type { HandOverRequestView } from '@/db/booking/hand-over-requests-to-clients';
import { listExternalClashes } from '@/db/calendars/external-clashes';
import { listUnsignedNotes } from '@/db/care/session-notes';
import { listUnansweredMessages } from '@/db/messages/messages-from-clients';
import { listUnreachedDates } from '@/db/messages/reminder-states';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { filterHandOversToDecide } from './hand-overs-to-decide';

/** What waits for staff, for the notices below the day and for the line above the day. */
export async function loadNotices(
  viewer: Staff,
  { handOvers, timeZone, now }: { handOvers: HandOverRequestView[]; timeZone: string; now: number },
) {
  const todayStart = getDayInterval(timeZone, toWallTime(timeZone, now).on).start;
  return {
    handOvers: filterHandOversToDecide(handOvers),
    unreached: await listUnreachedDates(viewer, { now }),
    messages: await listUnansweredMessages(viewer, { now }),
    clashes: await listExternalClashes(viewer, { now }),
    unmarked: await countUnmarkedDates(viewer, { todayStart }),
    unsigned: await listUnsignedNotes(viewer, { todayStart }),
  };
}

export type CalendarNoticesData = Awaited<ReturnType<typeof loadNotices>>;

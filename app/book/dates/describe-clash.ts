import type { DateAlternative } from '@/db/availability/find-clash';
import type { ClashReason } from '@/scheduling/availability';

/** Why one date cannot be booked, and what could replace it. */
export interface DateClashDetails {
  position: number;
  reason: ClashReason;
  /** The holiday's name, or "from 13:00". */
  detail?: string | undefined;
  /** Of two massages at the same time, it is the second that is not available. */
  isOfOther?: boolean | undefined;
  alternatives: DateAlternative[];
}

/** Why a date is not available, in a sentence. */
export function describeClashReason(
  { reason, detail }: Pick<DateClashDetails, 'reason' | 'detail'>,
  who: string,
): string {
  const why: Record<ClashReason, string> = {
    booked: `${who} is booked at that time.`,
    time_off: `${who} is off ${formatDayOff(detail)}.`,
    holiday: `We are closed that day${detail ? `: ${detail}` : ''}.`,
    closed: `${who} does not work at that hour that day.`,
    room: 'Every room is taken at that time.',
    too_soon: 'That is too soon to book online.',
    too_far: 'That is further ahead than we book.',
  };
  return why[reason];
}

/** Why a date is not available, and what its reader can do about it. */
export function describeClash(
  clash: Pick<DateClashDetails, 'reason' | 'detail'>,
  who: string,
  { hasOther, isOnly, isForTwo }: { hasOther: boolean; isOnly: boolean; isForTwo: boolean },
): string {
  const why =
    isForTwo && clash.reason === 'room'
      ? 'There is no second room free at that time.'
      : describeClashReason(clash, who);
  if (hasOther) return `${why} Choose another time${isOnly ? '.' : ' for this one, or skip it.'}`;
  // Beyond the booking window nothing is free at all. Otherwise a colleague may be free at another hour.
  const rest =
    clash.reason === 'too_far'
      ? ''
      : isForTwo
        ? ' No two are free near it.'
        : ` ${who} is not free near it, nor is anyone else at that hour.`;
  return `${why}${rest}${isOnly ? '' : ' You can skip this one.'}`;
}

function formatDayOff(detail: string | undefined): string {
  if (!detail || detail === 'all day') return 'that day';
  return /\d\d:\d\d$/.test(detail) ? `${detail} that day` : detail;
}

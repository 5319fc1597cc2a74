import type { Connection } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import type { ResourceNeed } from '@/scheduling/choose-resources';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';

// On PostgreSQL, bookings do not see what others have chosen and not yet committed: those for one hour would all choose
// the same first room, wait for each other there, and all but one would begin again. So what a booking of this process
// has chosen comes last for the others until it has ended. That only changes the order in which they try: the claims
// decide. On SQLite bookings run one after the other.

/** One try to book. */
export interface BookingTry {
  /** Puts last the therapists and rooms that others have chosen for some of this time. */
  sortForTry<Need extends ResourceNeed>(dates: Need[]): Need[];
  note(dates: ResourceNeed[], choices: Choice[]): void;
  end(): void;
}

interface Choice {
  therapistId: string;
  roomId: string;
}

interface State {
  begun: number;
  ended: number;
  taken: { ids: string[]; padded: Interval }[];
}

const tries = new WeakMap<Connection, Set<State>>();
let clock = 0;

/** Begins a try, before its transaction reads what is free. */
export async function beginBookingTry(): Promise<BookingTry> {
  const connection = await getConnection();
  const all = tries.get(connection) ?? new Set();
  tries.set(connection, all);
  const own: State = { begun: ++clock, ended: Number.POSITIVE_INFINITY, taken: [] };
  if (!connection.version) all.add(own);
  return {
    sortForTry(dates) {
      // One that has ended since this one began may have committed too late to be seen.
      const others = [...all].filter((other) => other !== own && other.ended > own.begun).flatMap(({ taken }) => taken);
      const met = others.filter(({ padded }) => dates.some((date) => intervalsOverlap(date.padded, padded)));
      const isMet = new Set(met.flatMap(({ ids }) => ids));
      if (isMet.size === 0) return dates;
      // In one order for all dates, so that a series with any therapist still keeps one where possible.
      const sort = (ids: string[]) => [...ids.filter((id) => !isMet.has(id)), ...ids.filter((id) => isMet.has(id))];
      return dates.map((date) => ({
        ...date,
        therapistIds: sort(date.therapistIds),
        roomIds: sort(date.roomIds),
      }));
    },
    note(dates, choices) {
      own.taken = dates.map(({ padded }, at) => {
        return { ids: [choices[at]!.therapistId, choices[at]!.roomId], padded };
      });
    },
    end() {
      own.ended = ++clock;
      const oldest = Math.min(...[...all].filter(({ ended }) => ended > clock).map(({ begun }) => begun));
      for (const each of all) if (each.ended < oldest) all.delete(each);
    },
  };
}

import type { Invalid } from './invalid';

export interface OpeningsQuery {
  serviceId: string;
  minutes: number;
  /** Local day. */
  from: string;
  /** 1 to 31. */
  days: number;
  therapistId?: string;
}

export interface Opening {
  startsAt: number;
  therapists: string[];
}

export type Openings = { ok: true; timeZone: string; openings: Opening[] };

/** Every start a client may choose in the days asked for, earliest first, and who is free then. */
export async function listOpenings(_query: OpeningsQuery, _now: number): Promise<Openings | Invalid> {
  return { ok: false, reason: 'invalid', issues: [{ path: [], message: 'Nothing is open yet.' }] };
}

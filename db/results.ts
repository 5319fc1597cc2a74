/** A request that could never be granted: what is wrong with it, and where. */
export interface Invalid {
  ok: false;
  reason: 'invalid';
  issues: Issue[];
}

export interface Issue {
  path: (string | number)[];
  message: string;
}

export function invalid(issues: Issue[]): Invalid {
  return { ok: false, reason: 'invalid', issues };
}

/** A request that was understood and not granted: why, in a word that callers can switch on. */
export type Refusal<Reason extends string> = { ok: false; reason: Reason };

/** The instant a call is made, milliseconds since the epoch, UTC. */
export interface Clock {
  now: number;
}

/** What the audit found that cannot be: in words, and the rows of it. */
export interface AuditFinding {
  finding: string;
  rows: Record<string, unknown>[];
}

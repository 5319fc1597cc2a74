/** A request that could never succeed: which fields are wrong, and why. */
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

/** A valid request that was refused. Callers can switch on `reason`. */
export type Refusal<Reason extends string> = { ok: false; reason: Reason };

/** The time of the call, in milliseconds since the epoch, UTC. */
export interface Clock {
  now: number;
}

/** Something impossible that the audit found: a description, and the rows that show it. */
export interface AuditFinding {
  finding: string;
  rows: Record<string, unknown>[];
}

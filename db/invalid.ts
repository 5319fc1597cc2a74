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

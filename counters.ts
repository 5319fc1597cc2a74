// What this process has counted since it started. On globalThis, because every bundle has its own copy of a module.

const shared = globalThis as typeof globalThis & {
  fortnightRefusals?: Map<string, number>;
  /** By class of status; counted by the HTTP server, server/http-server.mjs. */
  fortnightRequests?: Record<string, number>;
  fortnightOutboxLookedAt?: number;
};

export function countRefusal(code: string): void {
  shared.fortnightRefusals ??= new Map();
  shared.fortnightRefusals.set(code, (shared.fortnightRefusals.get(code) ?? 0) + 1);
}

/** The outbox worker has just looked for mail that is due. */
export function recordOutboxPoll(now: number): void {
  shared.fortnightOutboxLookedAt = now;
}

export function countersNow() {
  return {
    requests: { ...shared.fortnightRequests },
    refusals: Object.fromEntries(shared.fortnightRefusals ?? []),
    outboxLookedAt: shared.fortnightOutboxLookedAt ?? null,
  };
}

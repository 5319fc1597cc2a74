import { processState } from '@/process-state';

// What this process has counted since it started.

export function countRefusal(code: string): void {
  const { refusals } = processState;
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
}

/** Somebody opened the page for whom a sign applies: how often, and nothing of whom. */
export function countDoctorFirst(): void {
  processState.doctorFirst += 1;
}

/** The outbox worker has just looked for mail that is due. */
export function recordOutboxPoll(now: number): void {
  processState.outboxPolledAt = now;
}

export function countersNow() {
  return {
    requests: { ...processState.requests },
    refusals: Object.fromEntries(processState.refusals),
    doctorFirst: processState.doctorFirst,
    outboxLookedAt: processState.outboxPolledAt ?? null,
  };
}

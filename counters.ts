import { processState } from '@/process-state';

// What this process has counted since it started.

export function countApiRefusal(code: string): void {
  const { refusals } = processState;
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
}

/** Somebody opened the page for whom a sign applies: how often, and nothing of whom. */
export function countDoctorFirstPageView(): void {
  processState.doctorFirst += 1;
}

/** Somebody answered a text, and what was made of it. */
export function countTextReply(kind: 'stop' | 'start' | 'other' | 'refused'): void {
  const { textReplies } = processState;
  textReplies.set(kind, (textReplies.get(kind) ?? 0) + 1);
}

/** The outbox worker has just looked for mail that is due. */
export function recordOutboxPoll(now: number): void {
  processState.outboxPolledAt = now;
}

export function getCounters() {
  return {
    requests: { ...processState.requests },
    refusals: Object.fromEntries(processState.refusals),
    doctorFirst: processState.doctorFirst,
    textReplies: Object.fromEntries(processState.textReplies),
    outboxLookedAt: processState.outboxPolledAt ?? null,
  };
}
